package io.camelnotebook.main;

import jakarta.jms.Destination;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;
import org.apache.activemq.artemis.utils.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A real Artemis on a free port of 127.0.0.1, with a journal, so that what it has is still there when it has been down. It
 * lets one user in.
 */
final class ArtemisBroker implements AutoCloseable {

    static final String USER = "engine";
    static final String PASSWORD = "c0rrect-h0rse";

    private final Path folder;
    private final int port;
    private final String acceptorOptions;
    private final String clientOptions;
    private @Nullable EmbeddedActiveMQ server;

    private ArtemisBroker(Path folder, int port, String acceptorOptions, String clientOptions) {
        this.folder = folder;
        this.port = port;
        this.acceptorOptions = acceptorOptions;
        this.clientOptions = clientOptions;
    }

    /** A broker that keeps its journal in a folder, and does not run yet. */
    static ArtemisBroker in(Path folder) throws IOException {
        return in(folder, "", "");
    }

    /** One with a query to the URL of its acceptor, and to that of its clients, such as for TLS. */
    static ArtemisBroker in(Path folder, String acceptorOptions, String clientOptions) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new ArtemisBroker(folder, free.getLocalPort(), acceptorOptions, clientOptions);
        }
    }

    ArtemisBroker start() throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setPersistenceEnabled(true)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setJournalFileSize(1024 * 1024)
                .setJournalMinFiles(2)
                .setSecurityEnabled(true)
                .addAcceptorConfiguration("tcp", url() + acceptorOptions);
        Role everything =
                new Role("everything", true, true, true, true, true, true, true, true, true, true, false, false);
        configuration.putSecurityRoles("#", Set.of(everything));
        SecurityConfiguration users =
                new SecurityConfiguration(Map.of(USER, PASSWORD), Map.of(USER, List.of(everything.getName())));
        server = new EmbeddedActiveMQ()
                .setConfiguration(configuration)
                .setSecurityManager(new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), users));
        server.start();
        return this;
    }

    /** Lets a queue have no more than 50 kB from now on; what happens to who sends more is the policy. */
    void limit(String queue, AddressFullMessagePolicy policy) {
        Objects.requireNonNull(server)
                .getActiveMQServer()
                .getAddressSettingsRepository()
                .addMatch(queue, new AddressSettings().setMaxSizeBytes(50_000).setAddressFullMessagePolicy(policy));
    }

    int port() {
        return port;
    }

    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    /** What an engine needs to find it. */
    String[] settings(String... more) {
        List<String> all = new ArrayList<>(List.of(
                "-Dnotebook.jms.broker=" + url(),
                "-Dnotebook.jms.username=" + USER,
                "-Dnotebook.jms.password=" + PASSWORD));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /** Does something as one of its clients. */
    <T> T as(Function<JMSContext, T> client) {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url() + clientOptions);
                JMSContext context = factory.createContext(USER, PASSWORD)) {
            return client.apply(context);
        }
    }

    /** Sends a message, and gives its id. */
    String send(String queue, Function<JMSContext, Message> message) {
        return as(context -> {
            Message made = message.apply(context);
            Destination destination = context.createQueue(queue);
            context.createProducer().send(destination, made);
            return quietly(made::getJMSMessageID);
        });
    }

    /** Sends a text with an id and a time of the sender's choice, in milliseconds since 1970, which JMS's clients have not. */
    void send(String queue, UUID id, long time, String text) throws Exception {
        try (ServerLocator locator = ActiveMQClient.createServerLocator(url() + clientOptions);
                ClientSessionFactory factory = locator.createSessionFactory();
                ClientSession session =
                        factory.createSession(USER, PASSWORD, false, true, true, false, locator.getAckBatchSize())) {
            ClientMessage message = session.createMessage(
                    org.apache.activemq.artemis.api.core.Message.TEXT_TYPE, true, 0, time, (byte) 4);
            message.setUserID(id).getBodyBuffer().writeNullableSimpleString(SimpleString.of(text));
            session.createProducer(queue).send(message);
        }
    }

    /** Takes the next message of a queue; fails if none comes. */
    <T> T receive(String queue, Function<Message, T> read) {
        return as(context -> {
            Message message = context.createConsumer(context.createQueue(queue))
                    .receive(Duration.ofSeconds(20).toMillis());
            if (message == null) {
                throw new AssertionError("no message came on " + queue);
            }
            return read.apply(message);
        });
    }

    /** How many messages wait in a queue, those not counted that a consumer has before it. */
    int waiting(String queue) {
        return as(context -> {
            Queue named = context.createQueue(queue);
            try (QueueBrowser browser = context.createBrowser(named)) {
                return Collections.list(browser.getEnumeration()).size();
            } catch (JMSException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** What is done with a message, all of which may throw. */
    @FunctionalInterface
    interface Work<T> {
        T done() throws JMSException;
    }

    static <T> T quietly(Work<T> work) {
        try {
            return work.done();
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    /** Goes down; all that is durable is there again after the next start. */
    @Override
    public void close() throws Exception {
        if (server != null) {
            server.stop();
        }
    }
}
