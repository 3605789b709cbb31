package io.camelnotebook.notebook;

/** One output of a code cell. */
public sealed interface Output permits StreamOutput, JsonOutput {

    /** The value of {@code output_type} in a notebook document, such as {@code stream} or {@code execute_result}. */
    String type();
}
