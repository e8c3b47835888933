package junicorn.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import junicorn.worker.http.message.HttpSettings;
import junicorn.worker.poll.Concurrency;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The rule of ownership: no thread ever touches a connection that is another's, though descriptor
/// numbers are reused at once. Clients and worker share this process, so that they share the
/// numbers too. `-Djunicorn.stress.seconds=60` for a longer run, `-Djunicorn.stress.seed` for
/// another.
final class OwnershipStressTest {
    static final List<Concurrency> EACH =
            List.of(
                    new Concurrency.Sync(),
                    new Concurrency.Pool(4),
                    new Concurrency.Virtual(),
                    new Concurrency.Async());

    private static final int CLIENTS = 16;
    private static final Duration DURATION =
            Duration.ofSeconds(Long.getLong("junicorn.stress.seconds", 2));
    private static final long SEED = Long.getLong("junicorn.stress.seed", 1);
    private static final byte[] LARGE = new byte[256 * 1024];

    private final ScheduledExecutorService others = Executors.newScheduledThreadPool(4);

    @ParameterizedTest
    @FieldSource("EACH")
    void everyAnswerBelongsToItsRequestAndNothingIsLeft(Concurrency concurrency) throws Exception {
        var shortly = Duration.ofMillis(25);
        var settings =
                new HttpSettings(shortly, shortly, Duration.ofMillis(300), shortly, 4096, 0, 0, 0);
        var application = Servlets.application(this::serve);
        var clients = new ArrayList<StressClient>();
        try (var worker = RunningWorker.start(concurrency, settings, application)) {
            var failure = new AtomicReference<@Nullable Throwable>();
            var threads = new ArrayList<Thread>();
            for (int i = 0; i < CLIENTS; i++) {
                var client =
                        new StressClient(
                                worker.address(),
                                concurrency.keepsConnections(),
                                DURATION,
                                SEED * 1000 + i);
                clients.add(client);
                threads.add(
                        Thread.ofPlatform()
                                .uncaughtExceptionHandler((_, e) -> failure.set(e))
                                .start(client));
            }
            for (var thread : threads) {
                thread.join(DURATION.plusSeconds(20));
                assertThat(thread.isAlive()).as("a client that hangs").isFalse();
            }
            assertThat(failure.get()).as(concurrency + ", seed " + SEED).isNull();
        } finally {
            others.shutdown();
            assertThat(others.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(clients).allMatch(client -> client.connections() > 10 && client.answers() > 10);
    }

    private void serve(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var path = request.getRequestURI();
        if (path.startsWith("/large/")) {
            response.getOutputStream().write(LARGE);
        } else if (path.startsWith("/sync/")) {
            int length = request.getInputStream().readAllBytes().length;
            answer(path, length, response);
        } else {
            var async = request.startAsync();
            async.setTimeout(path.startsWith("/brief/") ? 10 : 10_000);
            new AsyncReader(async, path).begin();
        }
    }

    private static void answer(String path, int length, HttpServletResponse response)
            throws IOException {
        var token = path.substring(path.lastIndexOf('/') + 1);
        response.getOutputStream().print((token + " " + length + "\n").repeat(10));
    }

    /// Reads the body as it comes, and answers a moment later from a thread of its own.
    private final class AsyncReader implements ReadListener {
        private final AsyncContext async;
        private final String path;
        private int length;

        AsyncReader(AsyncContext async, String path) {
            this.async = async;
            this.path = path;
        }

        void begin() throws IOException {
            async.getRequest().getInputStream().setReadListener(this);
        }

        @Override
        public void onDataAvailable() throws IOException {
            var in = async.getRequest().getInputStream();
            var some = new byte[8192];
            while (in.isReady() && !in.isFinished()) {
                length += Math.max(0, in.read(some));
            }
        }

        @Override
        public void onAllDataRead() {
            long micros = ThreadLocalRandom.current().nextInt(2000);
            var unused = others.schedule(this::finish, micros, TimeUnit.MICROSECONDS);
        }

        private void finish() {
            try {
                answer(path, length, (HttpServletResponse) async.getResponse());
                async.complete();
            } catch (IOException | IllegalStateException clientIsGone) {
                length = -1;
            }
        }

        @Override
        public void onError(Throwable cause) {
            ((HttpServletResponse) async.getResponse()).setStatus(503);
            async.complete();
        }
    }
}
