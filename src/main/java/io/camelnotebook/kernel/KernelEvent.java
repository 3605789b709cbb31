package io.camelnotebook.kernel;

/** Something that a client of a kernel has to deal with, in the order it happened. */
public sealed interface KernelEvent {

    /** A message came. */
    record Received(Channel channel, Message message) implements KernelEvent {}

    /**
     * The kernel's process has ended; messages that it had sent before may still follow.
     *
     * @param how for people, such as {@code exit status 1}
     */
    record Died(String how) implements KernelEvent {}

    /** Somebody called {@link Kernel#wake()}. */
    record Woken() implements KernelEvent {}
}
