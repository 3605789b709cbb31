package io.camelnotebook.component;

/** What a message is after its notebook was executed. */
public enum NotebookBody {
    /** The executed notebook as a stream, which can be read again and is there as long as the exchange is. */
    NOTEBOOK,
    /** The path of the executed notebook, as text. */
    PATH,
    /** The values that the notebook recorded, a map by name. */
    RESULTS,
    /** The metadata record: a CloudEvents envelope around how it was run and how it ended, as a map. */
    METADATA
}
