package io.camelnotebook.entrance;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.jms.MessageCreatedStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Makes a refused JMS message ready for the queue of refused ones: its body stays as it came, whatever it is, and of its
 * properties none, but there is one more, the {@code reason}.
 */
public final class RefusedJmsMessage implements MessageCreatedStrategy {

    @Override
    public void onMessageCreated(Message message, Session session, Exchange exchange, @Nullable Throwable cause) {
        try {
            message.clearProperties();
            message.setStringProperty("reason", EntranceSteps.reason(exchange));
        } catch (JMSException e) {
            throw new RuntimeCamelException("the refused message cannot be marked: " + e.getMessage(), e);
        }
    }
}
