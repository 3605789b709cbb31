package io.camelnotebook.pipeline;

import java.util.OptionalInt;

/**
 * Which function of its notebook a job calls for each of many items, and how.
 *
 * @param function its name, or names with dots between them, such as {@code model.predict}
 * @param unpack whether a list is its positional arguments and a map its named ones, instead of one argument
 * @param chunk how many items go to a kernel at once; found by measuring if empty
 * @param ordered whether the results come in the order of the items, or as they are there
 */
public record MapSpec(String function, boolean unpack, OptionalInt chunk, boolean ordered, OnItemError onError) {}
