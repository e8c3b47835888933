package junicorn.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;

/// Vert.x: one verticle, so one event loop, on epoll.
final class VertxPeer {
    private static final long SECOND_MILLIS = 1_000;

    private VertxPeer() {}

    public static void main(String[] arguments) throws Exception {
        var peer = Peer.of(arguments);
        var vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        if (!vertx.isNativeTransportEnabled()) {
            throw new IllegalStateException("no epoll", vertx.unavailableNativeTransportCause());
        }
        vertx.deployVerticle(new Hello(peer.port()))
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    private static final class Hello extends AbstractVerticle {
        private static final CharSequence TYPE = HttpHeaders.createOptimized("text/plain");
        private static final CharSequence LENGTH =
                HttpHeaders.createOptimized("" + Answers.HELLO.length);

        private final int port;
        private final Buffer hello = Buffer.buffer(Answers.HELLO);
        private CharSequence date = HttpHeaders.createOptimized(Answers.date());

        Hello(int port) {
            this.port = port;
        }

        @Override
        public void start() {
            vertx.setPeriodic(
                    SECOND_MILLIS, _ -> date = HttpHeaders.createOptimized(Answers.date()));
            var options =
                    new HttpServerOptions()
                            .setHost("127.0.0.1")
                            .setPort(port)
                            .setAcceptBacklog(Peer.BACKLOG);
            vertx.createHttpServer(options)
                    .requestHandler(
                            request -> {
                                var response = request.response();
                                response.headers()
                                        .add(HttpHeaders.CONTENT_TYPE, TYPE)
                                        .add(HttpHeaders.CONTENT_LENGTH, LENGTH)
                                        .add(HttpHeaders.DATE, date);
                                response.end(hello);
                            })
                    .listen();
        }
    }
}
