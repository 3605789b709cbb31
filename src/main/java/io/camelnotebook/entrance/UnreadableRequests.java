package io.camelnotebook.entrance;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses, in words, HTTP requests that cannot be read, such as one with a control character in a header: no route gets them, and
 * Camel's own answer to them is an empty one. Thread-safe.
 */
@Sharable
public final class UnreadableRequests extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(UnreadableRequests.class);

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && request.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            refuse(context, request.decoderResult().cause());
        } else {
            context.fireChannelRead(message);
        }
    }

    private static void refuse(ChannelHandlerContext context, Throwable cause) {
        // It names the header, and says which character it must not have.
        StringBuilder why = new StringBuilder(String.valueOf(cause.getMessage()));
        if (cause.getCause() != null) {
            why.append(": ").append(cause.getCause().getMessage());
        }
        String reason = EntranceSteps.withoutControls(
                "the request cannot be read: " + why
                        + "; send it without control characters, and without more than a few KB, in its first line and headers");
        LOG.warn("Refused a message from http: {}", reason);
        byte[] answer = EntranceSteps.refusal(reason).getBytes(StandardCharsets.UTF_8);
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST, Unpooled.wrappedBuffer(answer));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .setInt(HttpHeaderNames.CONTENT_LENGTH, answer.length)
                .set(HttpHeaderNames.CONNECTION, "close");
        context.channel().writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
}
