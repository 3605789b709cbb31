package io.camelnotebook.main.template;

/** A path template that cannot be filled in. The message says what is wrong, and what would do. */
public final class TemplateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TemplateException(String message) {
        super(message);
    }
}
