package io.camelnotebook.kernel;

import java.util.List;

/** What carries messages between us and one kernel. Thread-safe. */
sealed interface Carrier extends AutoCloseable permits ZmtpConnection, SocketConnection {

    /** Sends frames as one message; returns at once. */
    void send(Channel channel, List<byte[]> frames);

    @Override
    void close();
}
