package io.camelnotebook.notebook;

/** Writes notebook documents. */
public final class NotebookWriter {}
