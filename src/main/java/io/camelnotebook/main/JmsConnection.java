package io.camelnotebook.main;

import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.support.service.ServiceSupport;

/** Connects Camel's {@code jms:} endpoints with the broker of the settings. It is not loaded unless there is such an endpoint. */
final class JmsConnection {

    /** Milliseconds until a broker that is down is tried again. */
    private static final long RECOVERY_INTERVAL = 5_000;

    private JmsConnection() {}

    /** The component for {@code jms:}, which connects as soon as an endpoint needs it. */
    static JmsComponent component(CamelContext context) {
        try {
            return connected(context);
        } catch (Exception e) {
            throw new RuntimeCamelException("the broker's client cannot be started: " + e.getMessage(), e);
        }
    }

    private static JmsComponent connected(CamelContext context) throws Exception {
        String url = setting(context, "notebook.jms.broker");
        ActiveMQConnectionFactory broker = new ActiveMQConnectionFactory(
                url, setting(context, "notebook.jms.username"), setting(context, "notebook.jms.password"));
        // Nothing that comes is deserialized; should something try to, there is no class that it may make.
        broker.setDeserializationAllowList("none");
        // Its options may hold the password of a key store.
        BrokerConnections connections = new BrokerConnections(broker, url.replaceFirst("\\?.*", ""));
        context.addService(new ServiceSupport() {
            @Override
            protected void doStop() {
                connections.destroy();
            }
        });
        JmsComponent component = JmsComponent.jmsComponent(connections);
        component.setRecoveryInterval(RECOVERY_INTERVAL);
        // The cause is a line; where in Spring it was thrown helps nobody.
        component.setErrorHandlerLogStackTrace(false);
        return component;
    }

    /** A setting with its placeholders filled in, such as <code>{{env:NAME}}</code>, which only then holds the secret. */
    private static String setting(CamelContext context, String name) {
        return context.resolvePropertyPlaceholders("{{" + name + "}}");
    }
}
