package io.camelnotebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class KernelExitTest {
    @Test
    void anExitStatusIsDescribed() {
        MemoryExcess excess = new MemoryExcess(2_500_000_000L, 2L << 30);
        assertThat(new KernelExit(OptionalInt.empty(), OptionalInt.of(9), Duration.ZERO, 0, Optional.of(excess))
                        .description())
                .isEqualTo("killed by signal 9 (SIGKILL): it used 2.3 GiB of memory, and may use 2.0 GiB");
        assertThat(new KernelExit(OptionalInt.of(1), OptionalInt.empty(), Duration.ZERO, 0).description())
                .isEqualTo("exit status 1");
    }

    @Test
    void aSignalIsDescribedWithItsNameWhereItHasTheSameOneEverywhere() {
        assertThat(killedBy(9)).isEqualTo("killed by signal 9 (SIGKILL)");
        assertThat(killedBy(34)).isEqualTo("killed by signal 34");
    }

    private static String killedBy(int signal) {
        return new KernelExit(OptionalInt.empty(), OptionalInt.of(signal), Duration.ZERO, 0).description();
    }
}
