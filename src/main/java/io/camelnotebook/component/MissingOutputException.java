package io.camelnotebook.component;

import java.nio.file.Path;

/** A notebook ran to its end, but did not leave a file that its config says it leaves. */
final class MissingOutputException extends Exception {

    private static final long serialVersionUID = 1L;

    MissingOutputException(String name, String pattern, Path directory) {
        super("the notebook ran to its end, but there is no file '" + pattern + "' for output '" + name
                + "', neither in "
                + directory + " nor in the folder " + OutputFolder.VARIABLE
                + "; write it there, or correct 'outputs' in the config");
    }
}
