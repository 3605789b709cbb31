package io.camelnotebook.run;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Items that are the lines of a file, but for blank ones. It reads no further than to the end of the slice that is asked
 * for, and keeps nothing of it.
 */
final class ItemLines implements ItemSource {

    private static final int BUFFER = 1 << 16;
    /** With which some programs begin a file in UTF-8. */
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Path path;
    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
    private final long bytes;
    private final long opened;
    private final long start;
    private long first;
    private long position;
    private boolean isAtEnd;

    /**
     * Opens the file.
     *
     * @param first the number of the item that is next
     * @param from the byte where that begins, or a blank line before it
     */
    ItemLines(Path path, long first, long from) throws IOException {
        this.path = path;
        this.file = FileChannel.open(path);
        this.bytes = file.size();
        this.opened = first;
        this.first = first;
        this.start = from == 0 ? endOfMark() : from;
        this.position = start;
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

    @Override
    public boolean hasNext() throws IOException {
        while (buffer.hasRemaining() || fill()) {
            if (!isSpace(buffer.get(buffer.position()))) {
                return true;
            }
            // A blank line, or spaces before an item, which JSON allows.
            buffer.get();
            position++;
        }
        return false;
    }

    @Override
    public long position() {
        return position;
    }

    /** As many as there would be if the others were as long as those that were read. */
    @Override
    public long left() {
        return first == opened
                ? Long.MAX_VALUE
                : (bytes - position) / Math.max(1, (position - start) / (first - opened));
    }

    @Override
    public OptionalLong size() {
        return isAtEnd ? OptionalLong.of(first) : OptionalLong.empty();
    }

    @Override
    public Slice firstOf(Slice slice, int items) throws IOException {
        try (ItemLines lines = new ItemLines(path, slice.first(), slice.from())) {
            return lines.next(items).orElseThrow(() -> new EOFException(path + " has become shorter"));
        }
    }

    @Override
    public MapCall.Chunk chunk(MapProgress.Chunk chunk, Path results, Optional<Long> limitMillis) {
        Slice slice = chunk.slice();
        return new MapCall.Chunk(
                chunk.number(),
                chunk.attempt(),
                slice.first(),
                slice.items(),
                new MapCall.Lines(path.toString(), slice.from(), slice.to()),
                null,
                results.toString(),
                limitMillis.orElse(null));
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
        isAtEnd = read <= 0;
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
