package junicorn.vertx;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.vertx.core.net.impl.ShutdownEvent;
import io.vertx.core.net.impl.VertxHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One connection, and how it is seen off when the worker drains: what the client has sent already
/// is still read and answered, with `Connection: close`; then Vert.x closes the connection, which
/// it does at once when the connection is idle, after the answer when a request runs, and by a
/// close frame when it is a WebSocket.
///
/// Vert.x alone would throw away a request that it reads after the shutdown has begun, and would
/// not tell the client that the answer is the last.
final class Guest extends ChannelInboundHandlerAdapter {
    /// What was on its way when the drain began has arrived by then.
    private static final long QUIET_MILLIS = 50;

    /// For a connection that has never sent anything: it was made to send a request.
    private static final long SILENCE_MILLIS = 1000;

    private final Channel channel;
    // all of the event loop's
    private boolean heard;
    private @Nullable Duration grace;

    Guest(Channel channel) {
        this.channel = channel;
    }

    /// Any thread: the worker drains.
    void leave(Duration atMost) {
        channel.eventLoop()
                .execute(
                        () -> {
                            grace = atMost;
                            announce();
                            schedule(heard ? QUIET_MILLIS : SILENCE_MILLIS);
                        });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var first = !heard;
        heard = true;
        if (first && grace != null) {
            if (message instanceof ByteBuf bytes && bytes.readableBytes() > 1) {
                // at the first byte Vert.x sees which HTTP it is, and completes the pipeline
                context.fireChannelRead(bytes.readRetainedSlice(1));
            }
            announce();
            schedule(QUIET_MILLIS);
        }
        context.fireChannelRead(message);
    }

    /// From now on each answer is the last. Nothing to do for HTTP/2, which says it otherwise.
    private void announce() {
        var pipeline = channel.pipeline();
        var encoder = pipeline.context(HttpResponseEncoder.class);
        if (encoder != null && pipeline.get(LastAnswer.class) == null) {
            pipeline.addAfter(encoder.name(), LastAnswer.class.getName(), new LastAnswer());
        }
    }

    private void schedule(long millis) {
        var _ = channel.eventLoop().schedule(this::end, millis, TimeUnit.MILLISECONDS);
    }

    private void end() {
        var atMost = grace;
        if (atMost == null || !channel.isOpen()) {
            return;
        }
        var handler = channel.pipeline().get(VertxHandler.class);
        if (handler != null && handler.getConnection() != null) {
            var _ = handler.getConnection().shutdown(atMost);
        } else { // HTTP/2
            channel.pipeline().fireUserEventTriggered(new ShutdownEvent(atMost));
        }
    }
}
