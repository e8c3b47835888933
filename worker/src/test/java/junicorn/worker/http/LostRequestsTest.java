package junicorn.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import junicorn.worker.poll.Concurrency;
import org.eclipse.jetty.server.Handler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Requests that count as running while nobody is in them, planted here.
final class LostRequestsTest {
    static final List<Concurrency> EACH =
            List.of(
                    new Concurrency.Sync(),
                    new Concurrency.Pool(2),
                    new Concurrency.Virtual(),
                    new Concurrency.Async());

    private final Queue<String> unfit = new ConcurrentLinkedQueue<>();
    private final Queue<AsyncContext> open = new ConcurrentLinkedQueue<>();

    private final Handler application =
            Servlets.application(
                    (request, response) -> {
                        if (request.getRequestURI().equals("/async")) {
                            var async = request.startAsync();
                            async.setTimeout(0);
                            open.add(async);
                        } else {
                            response.getWriter().print("served");
                        }
                    });

    private RunningWorker start(Concurrency concurrency) {
        var deadlines = new RequestDeadlines(Duration.ZERO, Duration.ZERO, unfit::add);
        var worker =
                RunningWorker.start(
                        concurrency, RunningWorker.PATIENT, deadlines, _ -> application);
        worker.front().lost().patience(Duration.ofMillis(300));
        return worker;
    }

    private void awaitUnfit(String words) {
        Await.until("the worker's word", unfit::peek, said -> said != null);
        assertThat(unfit).hasSize(1).first().asString().contains(words);
    }

    @Test
    void aPlaceThatNoRequestHasIsGivenFreeAndTheWorkerIsReplaced() throws Exception {
        try (var worker = start(new Concurrency.Sync())) {
            assertThat(worker.poll().admission().admit(() -> {})).isTrue();

            assertThat(worker.connect().get("/").body()).isEqualTo("served");

            awaitUnfit("a place for requests is taken and no request has it places=1");
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void aRequestThatIsOverAndDoesNotEndIsEndedAndTheWorkerIsReplaced(Concurrency concurrency)
            throws Exception {
        try (var worker = start(concurrency)) {
            var client = worker.connect().send("GET /async HTTP/1.1\r\nHost: test\r\n\r\n");
            Await.until("an open request", open::peek, seen -> seen != null);
            var connection = worker.front().lost().connections().iterator().next();
            Await.until("its handler's return", connection.exchange()::isLeftOpen, it -> it);
            assertThat(connection.exchange().holds().hold()).isTrue(); // and never lets go
            open.remove().complete();

            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(worker.connect().get("/").body()).isEqualTo("served");

            awaitUnfit("a request is lost");
            worker.awaitRequests(0);
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void aRequestThatTheApplicationLeftOpenIsNotLost(Concurrency concurrency) throws Exception {
        try (var worker = start(concurrency)) {
            var client = worker.connect().send("GET /async HTTP/1.1\r\nHost: test\r\n\r\n");
            Await.until("an open request", open::peek, seen -> seen != null);
            var later = System.nanoTime() + Duration.ofMillis(900).toNanos();
            Await.until("three times the patience", System::nanoTime, now -> now - later > 0);
            open.remove().complete();

            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(unfit).isEmpty();
        }
    }
}
