package junicorn.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.net.SocketException;
import java.util.List;
import junicorn.worker.poll.Concurrency;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// What the client sees of an application that fails.
final class FailingApplicationTest {
    static final List<Concurrency> EACH =
            List.of(
                    new Concurrency.Sync(),
                    new Concurrency.Pool(2),
                    new Concurrency.Virtual(),
                    new Concurrency.Async());

    @ParameterizedTest
    @FieldSource("EACH")
    void anApplicationThatThrowsAnswers500AndTheNextRequestIsServed(Concurrency concurrency)
            throws Exception {
        var application =
                Servlets.application(
                        (request, _) -> {
                            if (request.getRequestURI().equals("/bad")) {
                                throw new IllegalStateException("on purpose");
                            }
                        });
        try (var worker = RunningWorker.start(concurrency, application)) {
            var client = worker.connect();
            var bad = client.get("/bad");
            var next = bad.closes() ? worker.connect() : client;

            assertThat(bad.status()).isEqualTo(500);
            assertThat(next.get("/good").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void anAnswerThatBreaksOffDoesNotLookWhole(Concurrency concurrency) throws Exception {
        var application =
                Servlets.application(
                        (_, response) -> {
                            response.getWriter().print("half");
                            response.flushBuffer();
                            throw new IllegalStateException("on purpose");
                        });
        try (var worker = RunningWorker.start(concurrency, application)) {
            var client = worker.connect();

            assertThatThrownBy(() -> client.get("/"))
                    .isInstanceOfAny(EOFException.class, SocketException.class);
            worker.awaitConnections(0);
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void fieldsThatDoNotFitAre500(Concurrency concurrency) throws Exception {
        var application =
                Servlets.application(
                        (_, response) -> response.setHeader("X-Large", "x".repeat(70_000)));
        try (var worker = RunningWorker.start(concurrency, application)) {
            assertThat(worker.connect().get("/").status()).isEqualTo(500);
        }
    }
}
