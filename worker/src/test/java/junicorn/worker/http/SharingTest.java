package junicorn.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import junicorn.worker.poll.Concurrency;
import org.eclipse.jetty.server.Handler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How connections share the threads of a worker.
final class SharingTest {
    static final List<Concurrency> KEEPING =
            List.of(new Concurrency.Pool(1), new Concurrency.Pool(3), new Concurrency.Async());

    private static final int MANY = 1000;

    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger servedBefore = new AtomicInteger(-1);

    private final Handler application =
            Servlets.application(
                    (request, response) -> {
                        switch (request.getRequestURI()) {
                            case "/first" -> await(mayGoOn);
                            case "/held" -> await(mayEnd);
                            case "/other" -> servedBefore.set(served.get());
                            default -> served.incrementAndGet();
                        }
                        response.getWriter().print(request.getRequestURI());
                    });

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// With one thread that is free, only fairness lets the other client in between.
    @ParameterizedTest
    @FieldSource("KEEPING")
    void aClientThatPipelinesLetsOthersIn(Concurrency concurrency) throws Exception {
        try (var worker = RunningWorker.start(concurrency, application)) {
            var other = worker.connect();
            other.get("/before");
            int held = concurrency.pollThreads() - 1;
            for (int i = 1; i <= held; i++) {
                worker.connect().send("GET /held HTTP/1.1\r\nHost: test\r\n\r\n");
                worker.awaitRequests(i);
            }
            var greedy = worker.connect();
            greedy.send("GET /first HTTP/1.1\r\nHost: test\r\n\r\n");
            worker.awaitRequests(held + 1);
            greedy.send("GET /next HTTP/1.1\r\nHost: test\r\n\r\n".repeat(MANY));
            other.send("GET /other HTTP/1.1\r\nHost: test\r\n\r\n");

            mayGoOn.countDown();

            assertThat(greedy.answer().body()).isEqualTo("/first");
            for (int i = 0; i < MANY; i++) {
                assertThat(greedy.answer().body()).isEqualTo("/next");
            }
            assertThat(other.answer().body()).isEqualTo("/other");
            assertThat(servedBefore.get()).isBetween(0, 200);
            mayEnd.countDown();
        }
    }

    /// The threads that are free find the work, though nobody had woken them when it came.
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void threadsThatAreFreeServeWhileOthersAreBlocked(int threads) throws Exception {
        try (var worker = RunningWorker.start(new Concurrency.Pool(threads), application)) {
            var blocked = new ArrayList<RawClient>();
            for (int i = 1; i < threads; i++) {
                blocked.add(worker.connect().send("GET /first HTTP/1.1\r\nHost: test\r\n\r\n"));
                worker.awaitRequests(i);
            }
            var client = worker.connect();
            for (int i = 0; i < 20; i++) {
                assertThat(client.get("/next").body()).isEqualTo("/next");
            }

            mayGoOn.countDown();

            for (var other : blocked) {
                assertThat(other.answer().body()).isEqualTo("/first");
            }
        }
    }

    /// A worker that is full leaves connections to its siblings, and takes them when it has room.
    @ParameterizedTest
    @ValueSource(strings = {"gthread", "virtual", "async"})
    void noMoreConnectionsAreOpenThanAllowed(String name) throws Exception {
        var concurrency =
                switch (name) {
                    case "gthread" -> new Concurrency.Pool(2, 3);
                    case "virtual" -> new Concurrency.Virtual(3);
                    default -> new Concurrency.Async(3);
                };
        try (var worker = RunningWorker.start(concurrency, application)) {
            var open = new ArrayList<RawClient>();
            for (int i = 0; i < 3; i++) {
                open.add(worker.connect());
                assertThat(open.getLast().get("/next").status()).isEqualTo(200);
            }
            var fourth = worker.connect().send("GET /next HTTP/1.1\r\nHost: test\r\n\r\n");
            assertThat(open.getFirst().get("/next").status()).isEqualTo(200);
            assertThat(worker.poll().connections()).isEqualTo(3);

            open.getFirst().close();

            assertThat(fourth.answer().status()).isEqualTo(200);
        }
    }
}
