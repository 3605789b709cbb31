package io.camelnotebook.notebook;

import java.util.ArrayList;
import java.util.List;

/**
 * The text that a cell wrote to {@code stdout} or {@code stderr}. Text is appended in amortised constant time per
 * character, and carriage returns and backspaces do what they do on a terminal: later text overwrites earlier text of
 * the same line. A carriage return before a line feed is kept. Not thread-safe.
 */
public final class StreamOutput implements Output {

    private static final int BLOCK = 1 << 18;

    private final String name;

    /** Whole lines, in pieces that are not copied again however long the text grows. */
    private final List<String> settled = new ArrayList<>();

    /** Whole lines that are too few for a piece. */
    private StringBuilder block = new StringBuilder();

    /** The last line, which may still be overwritten. */
    private StringBuilder line = new StringBuilder();

    private int cursor;
    private boolean carriageReturnPending;

    /** A stream without text; {@code name} is {@code stdout} or {@code stderr}. */
    public StreamOutput(String name) {
        this.name = name;
    }

    /** A stream whose text is kept as it is, as it stood in a document. */
    static StreamOutput ofDocument(String name, String text) {
        StreamOutput stream = new StreamOutput(name);
        stream.appendPlain(text);
        return stream;
    }

    @Override
    public String type() {
        return "stream";
    }

    public String name() {
        return name;
    }

    /** The text as a terminal would show it; for large texts rather {@link #pieces}. */
    public String text() {
        return String.join("", pieces());
    }

    /** The same in pieces, each but the last of which ends with a line feed. */
    List<String> pieces() {
        List<String> pieces = new ArrayList<>(settled);
        pieces.add(block.toString());
        pieces.add(carriageReturnPending ? line + "\r" : line.toString());
        pieces.removeIf(String::isEmpty);
        return pieces;
    }

    /** Appends text as the kernel sent it; a control sequence may be cut between two calls. */
    public void append(String chunk) {
        if (!carriageReturnPending && cursor == line.length() && chunk.indexOf('\r') < 0 && chunk.indexOf('\b') < 0) {
            appendPlain(chunk);
        } else {
            chunk.codePoints().forEach(this::appendTerminal);
        }
    }

    private void appendPlain(String chunk) {
        int start = 0;
        if (!line.isEmpty()) {
            start = chunk.indexOf('\n') + 1;
            line.append(chunk, 0, start);
            if (start > 0) {
                endLine();
            }
        }
        int end = line.isEmpty() ? chunk.lastIndexOf('\n') + 1 : start;
        if (end > start) {
            settle(chunk.substring(start, end));
        }
        line.append(chunk, end, chunk.length());
        cursor = line.length();
    }

    private void endLine() {
        settle(line.toString());
        line = new StringBuilder();
        cursor = 0;
    }

    private void settle(String lines) {
        if (lines.length() >= BLOCK) {
            settleBlock();
            settled.add(lines);
            return;
        }
        block.append(lines);
        if (block.length() >= BLOCK) {
            settleBlock();
        }
    }

    private void settleBlock() {
        if (!block.isEmpty()) {
            settled.add(block.toString());
            block = new StringBuilder();
        }
    }

    private void appendTerminal(int c) {
        if (carriageReturnPending) {
            carriageReturnPending = false;
            if (c == '\n') {
                line.append('\r');
            } else {
                cursor = 0;
            }
        }
        switch (c) {
            case '\r' -> carriageReturnPending = true;
            case '\b' -> cursor = cursor > 0 ? line.offsetByCodePoints(cursor, -1) : 0;
            case '\n' -> {
                line.append('\n');
                endLine();
            }
            default -> {
                overwrite(c);
                cursor += Character.charCount(c);
            }
        }
    }

    /** Puts a character where the cursor is, in place of a whole one: half a surrogate pair is no text. */
    private void overwrite(int c) {
        if (cursor == line.length()) {
            line.appendCodePoint(c);
        } else if (Character.isBmpCodePoint(c) && !Character.isHighSurrogate(line.charAt(cursor))) {
            line.setCharAt(cursor, (char) c);
        } else {
            line.replace(cursor, line.offsetByCodePoints(cursor, 1), Character.toString(c));
        }
    }
}
