package io.camelnotebook.main;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jms.connection.CachingConnectionFactory;

/**
 * The one connection with a JMS broker, made anew when it breaks. It says so when the broker goes away, once a minute as long as
 * it stays away, and when it is there again; those who use it try until it is. Thread-safe.
 */
final class BrokerConnections extends CachingConnectionFactory {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerConnections.class);
    private static final long SILENCE = TimeUnit.MINUTES.toNanos(1);

    private final String name;
    private boolean down;
    private long toldAt;

    /** @param name what to call the broker, without passwords */
    BrokerConnections(ConnectionFactory broker, String name) {
        super(broker);
        this.name = name;
        // Consumers are kept by their listeners.
        setCacheConsumers(false);
    }

    @Override
    protected Connection doCreateConnection() throws JMSException {
        try {
            Connection connection = super.doCreateConnection();
            connected();
            return connection;
        } catch (JMSException e) {
            lost(e);
            throw e;
        }
    }

    @Override
    protected void closeConnection(Connection connection) {
        try {
            connection.close();
        } catch (JMSException e) {
            // Most often it is gone already, which has been told then.
            LOG.debug("The connection with the broker {} was not closed", name, e);
        }
    }

    @Override
    public void onException(JMSException error) {
        lost(error);
        super.onException(error);
    }

    private synchronized void connected() {
        if (down) {
            LOG.warn("The broker {} is there again", name);
        }
        down = false;
    }

    private synchronized void lost(JMSException error) {
        long now = System.nanoTime();
        if (!down || now - toldAt > SILENCE) {
            String cause =
                    error.getCause() == null ? "" : ": " + error.getCause().getMessage();
            LOG.warn("The broker {} cannot be used: {}{}; trying again until it can", name, error.getMessage(), cause);
            toldAt = now;
        }
        down = true;
    }
}
