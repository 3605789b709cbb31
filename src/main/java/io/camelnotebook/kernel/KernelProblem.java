package io.camelnotebook.kernel;

/**
 * Something that looked like a kernel or a Python and can't be used.
 *
 * @param place the file it is about
 * @param message what is wrong and how to mend it
 */
public record KernelProblem(String place, String message) {}
