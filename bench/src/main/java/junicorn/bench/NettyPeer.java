package junicorn.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.concurrent.TimeUnit;

/// Netty's HTTP/1.1 codec and the least behind it: one event loop, on epoll.
final class NettyPeer {
    private static volatile AsciiString date = AsciiString.of(Answers.date());

    private NettyPeer() {}

    public static void main(String[] arguments) throws Exception {
        var peer = Peer.of(arguments);
        var loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        var _ =
                loops.scheduleAtFixedRate(
                        () -> date = AsciiString.of(Answers.date()), 1, 1, TimeUnit.SECONDS);
        new ServerBootstrap()
                .group(loops)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, Peer.BACKLOG)
                .childHandler(
                        new ChannelInitializer<SocketChannel>() {
                            @Override
                            protected void initChannel(SocketChannel channel) {
                                channel.pipeline().addLast(new HttpServerCodec(), new Hello());
                            }
                        })
                .bind(peer.address())
                .sync();
    }

    private static final class Hello extends SimpleChannelInboundHandler<HttpObject> {
        private static final AsciiString TYPE = AsciiString.cached("text/plain");
        private static final AsciiString LENGTH = AsciiString.cached("" + Answers.HELLO.length);

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
            if (message instanceof HttpRequest) {
                var response =
                        new DefaultFullHttpResponse(
                                HttpVersion.HTTP_1_1,
                                HttpResponseStatus.OK,
                                Unpooled.wrappedBuffer(Answers.HELLO));
                response.headers()
                        .set(HttpHeaderNames.CONTENT_TYPE, TYPE)
                        .set(HttpHeaderNames.CONTENT_LENGTH, LENGTH)
                        .set(HttpHeaderNames.DATE, date);
                var _ = context.write(response, context.voidPromise());
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }
    }
}
