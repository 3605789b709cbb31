package io.camelnotebook.notebook;

/**
 * The name of a kind of error as a person writes it, with its module or without. Python's kernel says names without, others
 * say them with.
 *
 * @param text such as {@code ConnectionError} or {@code requests.ConnectionError}
 */
public record ErrorName(String text) {

    /** Whether it is the name of a kernel's error. A module counts where both have one. */
    public boolean isNameOf(String error) {
        return text.equals(error)
                || (hasModule(text) != hasModule(error) && withoutModule(text).equals(withoutModule(error)));
    }

    private static boolean hasModule(String name) {
        return !withoutModule(name).equals(name);
    }

    /** Modules are apart by dots, or as in C++ and Ruby by colons. */
    private static String withoutModule(String name) {
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf(':')) + 1);
    }
}
