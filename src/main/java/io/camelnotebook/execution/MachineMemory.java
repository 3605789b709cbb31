package io.camelnotebook.execution;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The memory that this process can count on. */
public final class MachineMemory {

    private static final double SHARE_OF_KERNELS = 0.9;

    private MachineMemory() {}

    /**
     * What notebooks may have together where nobody says it: nine tenths of the memory of the machine, or of the
     * container's limit if that is less, in bytes. The rest is for the engine and the system. Not what is free just now:
     * a config that is accepted today would be refused tomorrow.
     */
    public static long forNotebooks() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return (long) (system.getTotalMemorySize() * SHARE_OF_KERNELS);
    }
}
