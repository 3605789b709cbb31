package io.camelnotebook.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Items that are the lines of a file, but for blank ones. It reads no further than to the end of the slice that is asked
 * for, and keeps nothing of it.
 */
final class ItemLines implements ItemSource {

    private static final int BUFFER = 1 << 16;
    /** With which some programs begin a file in UTF-8. */
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
    private long first;
    private long position;

    /**
     * Opens the file.
     *
     * @param first the number of the item that is next
     * @param from the byte where that begins, or a blank line before it
     */
    ItemLines(Path path, long first, long from) throws IOException {
        this.file = FileChannel.open(path);
        this.first = first;
        this.position = from == 0 ? endOfMark() : from;
        file.position(position);
    }

    private long endOfMark() throws IOException {
        ByteBuffer start = ByteBuffer.allocate(MARK.length);
        while (start.hasRemaining() && file.read(start, start.position()) >= 0) {
            // reads what there is
        }
        return start.flip().equals(ByteBuffer.wrap(MARK)) ? MARK.length : 0;
    }

    @Override
    public Optional<Slice> next(int most) throws IOException {
        long from = position;
        int items = 0;
        while (items < most) {
            Line line = readLine();
            if (line == Line.NONE) {
                break;
            }
            if (line == Line.ITEM) {
                items++;
            }
        }
        if (items == 0) {
            return Optional.empty();
        }
        Slice slice = new Slice(first, items, from, position);
        first += items;
        return Optional.of(slice);
    }

    private enum Line {
        ITEM,
        BLANK,
        NONE
    }

    private Line readLine() throws IOException {
        Line line = Line.NONE;
        while (buffer.hasRemaining() || fill()) {
            byte next = buffer.get();
            position++;
            if (next == '\n') {
                return line == Line.ITEM ? Line.ITEM : Line.BLANK;
            }
            if (!isSpace(next)) {
                line = Line.ITEM;
            } else if (line == Line.NONE) {
                line = Line.BLANK;
            }
        }
        return line;
    }

    private boolean fill() throws IOException {
        buffer.clear();
        int read = file.read(buffer);
        buffer.flip();
        return read > 0;
    }

    /** As Python's {@code bytes.strip} has it, which reads the same lines. */
    private static boolean isSpace(byte next) {
        return next == ' ' || (next >= '\t' && next <= '\r');
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
