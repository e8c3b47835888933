package junicorn.vertx;

import io.netty.channel.Channel;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A listening TCP channel that becomes an inherited one when it is bound to a port that the worker
/// serves: only then does Netty say which address is meant, when the channel has long been made and
/// registered. Any other address is bound as ever.
final class TcpEntrance extends NioServerSocketChannel {
    private final Door door;
    private @Nullable ServerSocketChannel inherited;

    TcpEntrance(Door door) {
        this.door = door;
        // one at a time: connections that live long shall spread over the workers
        config().<MaxMessagesRecvByteBufAllocator>getRecvByteBufAllocator().maxMessagesPerRead(1);
    }

    @Override
    protected ServerSocketChannel javaChannel() {
        var adopted = inherited;
        return adopted != null ? adopted : super.javaChannel();
    }

    @Override
    public boolean isOpen() {
        return javaChannel().isOpen();
    }

    @Override
    protected void doBind(SocketAddress address) throws Exception {
        if (door.isSham()) {
            super.doBind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return;
        }
        var adopted = door.adopt(address, this);
        if (adopted.isEmpty()) {
            super.doBind(address);
            return;
        }
        doDeregister();
        super.javaChannel().close();
        adopted.get().configureBlocking(false);
        inherited = adopted.get();
        var registered = newPromise();
        doRegister(registered);
        if (!registered.isSuccess()) {
            throw new BindException("the inherited socket cannot be polled: " + registered.cause());
        }
        config().setAutoRead(door.isOpen());
    }

    @Override
    protected int doReadMessages(List<Object> connections) throws Exception {
        var before = connections.size();
        var count = super.doReadMessages(connections);
        if (inherited != null) {
            connections.subList(before, connections.size()).stream()
                    .map(Channel.class::cast)
                    .forEach(door::entered);
        }
        return count;
    }
}
