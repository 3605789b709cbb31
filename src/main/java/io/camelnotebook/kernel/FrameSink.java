package io.camelnotebook.kernel;

import java.util.List;

/** Where the frames of a kernel's messages go. It is called on the thread of a loop, so it must neither block nor compute. */
@FunctionalInterface
interface FrameSink {
    void received(Channel channel, List<byte[]> frames);

    /** Nothing more can be understood of what the kernel sends. */
    default void broken(String why) {}
}
