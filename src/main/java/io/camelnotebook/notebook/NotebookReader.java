package io.camelnotebook.notebook;

/** Reads notebook documents. */
public final class NotebookReader {}
