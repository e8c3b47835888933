package junicorn.vertx;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.ServerChannel;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.nio.AbstractNioMessageChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// As [TcpEntrance], for a Unix-domain socket. Netty's own channel cannot be used: it deletes the
/// socket's file when it is closed, and the file is the siblings' too.
final class UnixEntrance extends AbstractNioMessageChannel implements ServerChannel {
    private static final ChannelMetadata METADATA = new ChannelMetadata(false, 1);

    private final Door door;
    private final ChannelConfig config =
            new DefaultChannelConfig(this, new ServerChannelRecvByteBufAllocator()) {
                @Override
                protected void autoReadCleared() {
                    clearReadPending();
                }
            };
    private @Nullable ServerSocketChannel inherited;
    private volatile boolean bound;

    UnixEntrance(Door door) throws IOException {
        super(null, ServerSocketChannel.open(StandardProtocolFamily.UNIX), SelectionKey.OP_ACCEPT);
        this.door = door;
    }

    @Override
    protected ServerSocketChannel javaChannel() {
        var adopted = inherited;
        return adopted != null ? adopted : (ServerSocketChannel) super.javaChannel();
    }

    @Override
    public boolean isOpen() {
        return javaChannel().isOpen();
    }

    @Override
    public boolean isActive() {
        return isOpen() && bound;
    }

    @Override
    protected void doBind(SocketAddress address) throws Exception {
        if (!door.isSham()) {
            var adopted = door.adopt(address, this);
            if (adopted.isPresent()) {
                become(adopted.get());
            } else {
                javaChannel().bind(address);
            }
        }
        bound = true;
    }

    private void become(ServerSocketChannel adopted) throws Exception {
        doDeregister();
        super.javaChannel().close();
        adopted.configureBlocking(false);
        inherited = adopted;
        var registered = newPromise();
        doRegister(registered);
        if (!registered.isSuccess()) {
            throw new BindException("the inherited socket cannot be polled: " + registered.cause());
        }
        config().setAutoRead(door.isOpen());
    }

    @Override
    protected int doReadMessages(List<Object> connections) throws Exception {
        var accepted = javaChannel().accept();
        if (accepted == null) {
            return 0;
        }
        var connection = new NioDomainSocketChannel(this, accepted);
        if (inherited != null) {
            door.entered(connection);
        }
        connections.add(connection);
        return 1;
    }

    @Override
    protected void doClose() throws Exception {
        super.doClose();
        javaChannel().close();
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        try {
            return javaChannel().getLocalAddress();
        } catch (IOException _) {
            return null; // closed
        }
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        return null;
    }

    @Override
    protected boolean doConnect(SocketAddress remote, SocketAddress local) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void doFinishConnect() {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void doDisconnect() {
        throw new UnsupportedOperationException();
    }

    @Override
    protected boolean doWriteMessage(Object message, ChannelOutboundBuffer buffer) {
        throw new UnsupportedOperationException();
    }
}
