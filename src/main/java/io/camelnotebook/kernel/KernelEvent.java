package io.camelnotebook.kernel;

import java.util.Optional;

/** Something that a client of a kernel has to deal with, in the order it happened. */
public sealed interface KernelEvent {

    /** A message came. */
    record Received(Channel channel, Message message) implements KernelEvent {}

    /**
     * The kernel's process has ended; messages that it had sent before may still follow.
     *
     * @param how for people, such as {@code exit status 1}
     * @param unheard whether it was killed because something that it put out could not be taken, and is lost
     * @param excess the memory for which it was killed, if it was that
     */
    record Died(String how, boolean unheard, Optional<MemoryExcess> excess) implements KernelEvent {}

    /** Somebody called {@link Kernel#wake()}. */
    record Woken() implements KernelEvent {}
}
