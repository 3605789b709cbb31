package io.camelnotebook.pipeline;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the files of a job go, inside the outputs folder.
 *
 * @param folder with {@code /} between its names; empty for the outputs folder itself
 * @param name of the files, without their extension
 */
record OutputLocation(String folder, String name) {

    private static final String EXTENSION = ".ipynb";
    private static final int MAX_LENGTH = 1_000;

    /** {@code <notebook>/<label>} and {@code <notebook>_<label>}. */
    static OutputLocation of(String notebook, String label) {
        return new OutputLocation(notebook + "/" + label, notebook + "_" + label);
    }

    /** The location a job's {@code output} names; {@link #violation} has no objection to it. */
    static OutputLocation ofPath(String output) {
        int slash = output.lastIndexOf('/');
        String file = output.substring(slash + 1);
        return new OutputLocation(
                slash < 0 ? "" : output.substring(0, slash), file.substring(0, file.length() - EXTENSION.length()));
    }

    /** Why the text is not the path of an executed notebook inside the outputs folder; empty when it is. */
    static Optional<String> violation(String output) {
        if (!output.endsWith(EXTENSION) || output.length() > MAX_LENGTH) {
            return Optional.of("expected a path that ends in .ipynb, found " + Words.quote(output));
        }
        for (String name :
                output.substring(0, output.length() - EXTENSION.length()).split("/", -1)) {
            if (LabelRule.violation(name).isPresent()) {
                return Optional.of("the path " + Words.quote(output) + " does not stay inside the outputs folder,"
                        + " or has a name in it that no folder can have: " + Words.quote(name));
            }
        }
        return Optional.empty();
    }

    /** The path of the executed notebook. */
    String notebook() {
        return (folder.isEmpty() ? "" : folder + "/") + name + EXTENSION;
    }

    /** The same for all locations that are one file on some file system. */
    String key() {
        return Normalizer.normalize(notebook(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }
}
