package io.camelnotebook.publish.mlflow;

/** Text that MLflow keeps only so much of. */
final class Text {

    private Text() {}

    /** The beginning of a text, without half a character at its end. */
    static String shortened(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}
