package io.camelnotebook.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a kernel says about itself in a {@code kernel_info_reply}.
 *
 * @param implementation the kernel's name, such as {@code ipython}
 * @param implementationVersion its version
 * @param languageInfo what belongs into a notebook's {@code metadata.language_info}
 */
public record KernelInfo(String implementation, String implementationVersion, ObjectNode languageInfo) {

    /** The name of the language, such as {@code python}. */
    public String language() {
        return languageInfo.path("name").asText();
    }

    /** The version of the language, such as {@code 3.11.7}. */
    public String languageVersion() {
        return languageInfo.path("version").asText();
    }
}
