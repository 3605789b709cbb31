package io.camelnotebook.main;

import io.camelnotebook.run.Secrets;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.util.function.Supplier;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.support.service.ServiceSupport;
import org.springframework.jms.connection.SingleConnectionFactory;

/** Connects Camel's {@code jms:} endpoints with the broker of the settings. It is not loaded unless there is such an endpoint. */
final class JmsConnection {

    /** Milliseconds until a broker that is down is tried again. */
    private static final long RECOVERY_INTERVAL = 5_000;

    private static final String BROKER = "notebook.jms.broker";

    private JmsConnection() {}

    /** The component for {@code jms:}, made when an endpoint asks for it; without a broker, it says why with each use. */
    static Supplier<Object> whenAsked(CamelContext context) {
        return () -> {
            try {
                return component(context);
            } catch (UsageException e) {
                // Thrown here, Camel would take another component, and say that that one has no connection.
                return JmsComponent.jmsComponent(new SingleConnectionFactory() {
                    @Override
                    public Connection createConnection() throws JMSException {
                        throw new JMSException(e.getMessage());
                    }
                });
            }
        };
    }

    /**
     * The component for {@code jms:}, which connects as soon as an endpoint needs it.
     *
     * @throws UsageException if a setting of the broker's makes no sense
     */
    static JmsComponent component(CamelContext context) {
        String url = setting(context, BROKER);
        ActiveMQConnectionFactory broker =
                broker(url, setting(context, "notebook.jms.username"), setting(context, "notebook.jms.password"));
        // Nothing that comes is deserialized; should something try to, there is no class that it may make.
        broker.setDeserializationAllowList("none");
        BrokerConnections connections = new BrokerConnections(broker, withoutSecrets(url));
        closeWith(context, connections);
        JmsComponent component = JmsComponent.jmsComponent(connections);
        component.setRecoveryInterval(RECOVERY_INTERVAL);
        // The cause is a line; where in Spring it was thrown helps nobody.
        component.setErrorHandlerLogStackTrace(false);
        return component;
    }

    private static ActiveMQConnectionFactory broker(String url, String username, String password) {
        try {
            return new ActiveMQConnectionFactory(url, username, password);
        } catch (RuntimeException e) {
            throw new UsageException("the setting " + BROKER + " is '" + withoutSecrets(url)
                    + "'; expected the address of a broker, such as tcp://localhost:61616");
        }
    }

    /** Its options may hold the password of a key store. */
    private static String withoutSecrets(String url) {
        return Secrets.redact(url.replaceFirst("\\?.*", ""));
    }

    private static void closeWith(CamelContext context, BrokerConnections connections) {
        try {
            context.addService(new ServiceSupport() {
                @Override
                protected void doStop() {
                    connections.destroy();
                }
            });
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeException(e);
        }
    }

    /** A setting with its placeholders filled in, such as <code>{{env:NAME}}</code>, which only then holds the secret. */
    private static String setting(CamelContext context, String name) {
        try {
            return context.resolvePropertyPlaceholders("{{" + name + "}}");
        } catch (RuntimeException e) {
            throw new UsageException(
                    "the setting " + name + " cannot be filled in: " + Secrets.redact(String.valueOf(e.getMessage())));
        }
    }
}
