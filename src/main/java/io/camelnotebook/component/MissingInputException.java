package io.camelnotebook.component;

import java.nio.file.Path;

/** A job whose content counts for the cache names an input that is not there. */
final class MissingInputException extends Exception {

    private static final long serialVersionUID = 1L;

    MissingInputException(String pattern, Path directory) {
        super("there is no input '" + pattern + "' in " + directory
                + "; inputs are relative to the job's working directory: correct 'inputs' in the config");
    }
}
