package io.camelnotebook.entrance;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.ObjectMessage;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import org.apache.camel.RuntimeCamelException;
import org.jspecify.annotations.Nullable;

/** The content of a JMS message of text or bytes. Of others nothing is read, least of all a Java object. */
final class JmsContent {

    private JmsContent() {}

    /** @throws RefusedException if the message is of another type, or too large to be looked at */
    static byte[] of(@Nullable Object message, long maxBytes) throws RefusedException {
        try {
            if (message instanceof TextMessage text) {
                String content = text.getText();
                return content == null ? new byte[0] : content.getBytes(StandardCharsets.UTF_8);
            }
            if (message instanceof BytesMessage bytes) {
                return of(bytes, maxBytes);
            }
        } catch (JMSException e) {
            throw new RuntimeCamelException("the message cannot be read: " + e.getMessage(), e);
        }
        throw new RefusedException("a config is a text message or a bytes message, and this is " + type(message));
    }

    private static byte[] of(BytesMessage message, long maxBytes) throws JMSException, RefusedException {
        if (message.getBodyLength() > maxBytes) {
            throw RefusedException.tooLarge(message.getBodyLength(), maxBytes);
        }
        byte[] content = new byte[(int) message.getBodyLength()];
        message.readBytes(content);
        message.reset();
        return content;
    }

    private static String type(@Nullable Object message) {
        if (message instanceof ObjectMessage) {
            return "an object message";
        }
        if (message instanceof MapMessage) {
            return "a map message";
        }
        return message instanceof StreamMessage ? "a stream message" : "a message without a body";
    }
}
