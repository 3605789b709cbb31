package io.camelnotebook.pipeline;

/** A text that is no cron expression; the message says what is wrong with it. */
final class CronException extends Exception {

    private final String what;
    private final String remedy;

    CronException(String what, String remedy) {
        super(what);
        this.what = what;
        this.remedy = remedy;
    }

    /** What is wrong, as the message says it. */
    String what() {
        return what;
    }

    /** How to mend it. */
    String remedy() {
        return remedy;
    }
}
