package io.camelnotebook.kernel;

import java.io.IOException;
import java.nio.file.Path;

/** A way for kernels and us to reach each other. Thread-safe. */
sealed interface Transport permits ZeroMqTransport, SocketTransport {

    /**
     * Reserves a line for one kernel.
     *
     * @param folder where it may have files; nobody else may look in there
     * @param id the kernel's, unique in the folder
     */
    Line line(Path folder, String id) throws IOException;

    /** What one kernel and we have agreed on. */
    interface Line {

        /** The key that messages are signed with; empty if they are not. */
        String key();

        /** Writes the kernel's connection file, readable by its owner only. */
        void write(Path connectionFile) throws IOException;

        /** Opens our end; the kernel need not have opened its own. */
        Carrier connect(FrameSink sink);

        /** Gives back what was reserved; the carrier is to be closed by itself. */
        void release();
    }
}
