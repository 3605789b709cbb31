package io.camelnotebook.kernel;

import org.jspecify.annotations.Nullable;

/**
 * A parameter that a notebook's parameters cell declares.
 *
 * @param defaultValue the source of its value
 * @param type the source of its annotation or of its type comment
 * @param comment the comment beside it
 */
public record DeclaredParameter(
        String name,
        @Nullable String defaultValue,
        @Nullable String type,
        @Nullable String comment) {}
