package io.camelnotebook.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a kernel's process prints outside of any cell: kept in a file, read when something went wrong. */
record KernelLog(Path file) {

    private static final int TAIL_BYTES = 4_000;

    /** The last lines, at most 4,000 bytes; empty if there are none. */
    String tail() {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            long size = channel.size();
            channel.position(Math.max(0, size - TAIL_BYTES));
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(size, TAIL_BYTES));
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // until the end that the file had when it was opened
            }
            String text = UTF_8.decode(bytes.flip()).toString();
            boolean cut = size > TAIL_BYTES;
            return (cut ? text.substring(text.indexOf('\n') + 1) : text).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
