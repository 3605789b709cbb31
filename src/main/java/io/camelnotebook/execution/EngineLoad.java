package io.camelnotebook.execution;

/**
 * What an engine has to do at a moment.
 *
 * @param waiting how many notebooks wait for a kernel
 * @param running how many kernels have a slot
 * @param ending how many more kernels only have to end
 * @param slots how many kernels may have one
 */
public record EngineLoad(int waiting, int running, int ending, int slots) {}
