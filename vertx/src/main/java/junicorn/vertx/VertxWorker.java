package junicorn.vertx;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import junicorn.api.Listener;
import junicorn.api.WorkerClass;
import junicorn.api.WorkerContext;
import org.jspecify.annotations.Nullable;

/// The worker class `vertx`: a Vert.x of its own for the application, with `--threads` event loops
/// and as many instances of the application.
public final class VertxWorker implements WorkerClass {
    /// Verticles may begin to listen after they say that they have started.
    private static final Duration LISTENS = Duration.ofSeconds(10);

    private static final long BEAT_MILLIS = 250;

    private @Nullable WorkerContext context;
    private @Nullable Door door;
    private @Nullable VertxInternal vertx;

    /// For the service loader.
    public VertxWorker() {}

    @Override
    public String name() {
        return "vertx";
    }

    @Override
    public void start(WorkerContext given) throws Exception {
        var newDoor = new Door(given);
        var options = new VertxOptions().setEventLoopPoolSize(given.threads());
        var newVertx =
                (VertxInternal)
                        Vertx.builder()
                                .with(options)
                                .withTransport(new InheritingTransport(newDoor))
                                .withMetrics(_ -> new Figures(given))
                                .build();
        context = given;
        door = newDoor;
        vertx = newVertx;
        var application =
                Application.find(
                        given.application(),
                        given.applicationLoader(),
                        newVertx,
                        given.listeners());
        for (int i = 0; i < given.threads(); i++) {
            deploy(application, given, newVertx);
        }
        var unserved = newDoor.awaitServed(LISTENS);
        if (!unserved.isEmpty()) {
            throw new Unfit(
                    "%s does not listen on %s; it listens on %s"
                            .formatted(
                                    given.application(),
                                    unserved.stream()
                                            .map(Listener::name)
                                            .collect(Collectors.joining(", ")),
                                    newDoor.others()));
        }
    }

    private static void deploy(Application application, WorkerContext context, Vertx vertx)
            throws Exception {
        var options =
                new DeploymentOptions()
                        .setConfig(config(context))
                        .setClassLoader(context.applicationLoader());
        await(application.make().compose(verticle -> vertx.deployVerticle(verticle, options)));
    }

    /// Where a Verticle that asks for it may listen: as Vert.x's own examples name it.
    private static JsonObject config(WorkerContext context) {
        var address =
                context.listeners().stream()
                        .map(Listener::address)
                        .filter(InetSocketAddress.class::isInstance)
                        .map(InetSocketAddress.class::cast)
                        .findFirst();
        if (address.isEmpty() && context.isCheck()) {
            address = Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        }
        var config = new JsonObject();
        address.ifPresent(
                it -> config.put("http.host", it.getHostString()).put("http.port", it.getPort()));
        return config;
    }

    @Override
    public void accept() {
        var given = started(context);
        var loops = started(vertx).nettyEventLoopGroup();
        var pulse = new Pulse(given.threads(), given::beat);
        int number = 0;
        for (EventExecutor loop : loops) {
            var mine = number++;
            var _ =
                    loop.scheduleAtFixedRate(
                            () -> pulse.passed(mine), 0, BEAT_MILLIS, TimeUnit.MILLISECONDS);
        }
        started(door).open();
    }

    @Override
    public void drain() {
        started(door).close();
    }

    @Override
    public void await() throws InterruptedException {
        started(door).awaitEmpty();
    }

    @Override
    public void close() throws Exception {
        var running = vertx;
        if (running != null) {
            await(running.close());
        }
    }

    private static void await(Future<?> future) throws Exception {
        try {
            future.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static <T> T started(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("not started");
        }
        return part;
    }
}
