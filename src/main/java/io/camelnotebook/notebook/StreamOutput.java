package io.camelnotebook.notebook;

/**
 * The text that a cell wrote to {@code stdout} or {@code stderr}. Text is appended in amortised constant time per
 * character, and carriage returns and backspaces do what they do on a terminal: later text overwrites earlier text of
 * the same line. A carriage return before a line feed is kept. Not thread-safe.
 */
public final class StreamOutput implements Output {

    private final String name;
    private final StringBuilder text = new StringBuilder();
    private int lineStart;
    private int cursor;
    private boolean carriageReturnPending;

    /** A stream without text; {@code name} is {@code stdout} or {@code stderr}. */
    public StreamOutput(String name) {
        this.name = name;
    }

    /** A stream whose text is kept as it is, as it stood in a document. */
    static StreamOutput ofDocument(String name, String text) {
        StreamOutput stream = new StreamOutput(name);
        stream.text.append(text);
        stream.lineStart = stream.text.lastIndexOf("\n") + 1;
        stream.cursor = stream.text.length();
        return stream;
    }

    @Override
    public String type() {
        return "stream";
    }

    public String name() {
        return name;
    }

    /** The text as a terminal would show it. */
    public String text() {
        return carriageReturnPending ? text + "\r" : text.toString();
    }

    /** Appends text as the kernel sent it; a control sequence may be cut between two calls. */
    public void append(String chunk) {
        if (!carriageReturnPending && cursor == text.length() && chunk.indexOf('\r') < 0 && chunk.indexOf('\b') < 0) {
            text.append(chunk);
            int lastBreak = chunk.lastIndexOf('\n');
            if (lastBreak >= 0) {
                lineStart = text.length() - chunk.length() + lastBreak + 1;
            }
            cursor = text.length();
            return;
        }
        chunk.codePoints().forEach(this::appendTerminal);
    }

    private void appendTerminal(int c) {
        if (carriageReturnPending) {
            carriageReturnPending = false;
            if (c == '\n') {
                text.append('\r');
            } else {
                cursor = lineStart;
            }
        }
        switch (c) {
            case '\r' -> carriageReturnPending = true;
            case '\b' -> cursor = cursor > lineStart ? text.offsetByCodePoints(cursor, -1) : lineStart;
            case '\n' -> {
                text.append('\n');
                lineStart = text.length();
                cursor = lineStart;
            }
            default -> {
                overwrite(c);
                cursor += Character.charCount(c);
            }
        }
    }

    /** Puts a character where the cursor is, in place of a whole one: half a surrogate pair is no text. */
    private void overwrite(int c) {
        if (cursor == text.length()) {
            text.appendCodePoint(c);
        } else if (Character.isBmpCodePoint(c) && !Character.isHighSurrogate(text.charAt(cursor))) {
            text.setCharAt(cursor, (char) c);
        } else {
            text.replace(cursor, text.offsetByCodePoints(cursor, 1), Character.toString(c));
        }
    }
}
