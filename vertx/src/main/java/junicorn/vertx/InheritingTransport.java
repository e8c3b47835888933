package junicorn.vertx;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ServerChannel;
import io.vertx.core.impl.transports.NioTransport;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Vert.x's transport of the JDK, but for listening channels: those may become inherited ones.
final class InheritingTransport extends NioTransport implements Transport {
    private final Door door;

    InheritingTransport(Door door) {
        this.door = door;
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean unix) {
        return unix ? this::unixEntrance : () -> new TcpEntrance(door);
    }

    private ServerChannel unixEntrance() {
        try {
            return new UnixEntrance(door);
        } catch (IOException e) {
            throw new ChannelException(e);
        }
    }

    @Override
    public String name() {
        return "nio";
    }

    @Override
    public boolean available() {
        return true;
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
        return null;
    }

    @Override
    public io.vertx.core.spi.transport.Transport implementation() {
        return this;
    }
}
