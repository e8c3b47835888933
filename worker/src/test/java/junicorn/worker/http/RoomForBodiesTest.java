package junicorn.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import junicorn.worker.http.message.HttpSettings;
import junicorn.worker.poll.Concurrency;
import org.eclipse.jetty.server.Handler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Half-sent bodies have a bounded part of the heap together, and hinder nobody.
final class RoomForBodiesTest {
    static final List<Concurrency> EACH =
            List.of(
                    new Concurrency.Sync(),
                    new Concurrency.Pool(2),
                    new Concurrency.Virtual(),
                    new Concurrency.Async());

    private static final long BUFFERED = 64L << 20;
    private static final int SENT = 70_000; // more than is free of the budget

    private static final Handler APPLICATION =
            Servlets.application(
                    (request, response) -> {
                        var body = request.getInputStream().readAllBytes();
                        response.getWriter().print(body.length + " bytes");
                    });

    private static RunningWorker start(Concurrency concurrency, Duration bodyTimeout) {
        var patient = Duration.ofSeconds(20);
        var settings =
                new HttpSettings(patient, bodyTimeout, patient, patient, BUFFERED, 4094, 100, 8190);
        return RunningWorker.start(concurrency, settings, APPLICATION);
    }

    private static String post(long length) {
        return "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private static RawClient half(RunningWorker worker, long length) throws Exception {
        return worker.connect().send(post(length)).send("x".repeat(SENT));
    }

    /// Takes all of the budget.
    private static List<RawClient> crowd(RunningWorker worker) throws Exception {
        var crowd = new ArrayList<RawClient>();
        for (long left = worker.bodies().left(); left > 0; left = worker.bodies().left()) {
            long taken = Math.min(left, BUFFERED);
            long after = left - taken;
            crowd.add(half(worker, taken));
            Await.until("room taken", () -> worker.bodies().left(), seen -> seen == after);
        }
        return crowd;
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void othersAreServedAndWhoWaitsIsServedWhenThereIsRoom(Concurrency concurrency)
            throws Exception {
        try (var worker = start(concurrency, Duration.ofSeconds(20))) {
            long all = worker.bodies().left();
            var crowd = crowd(worker);
            var late = half(worker, 100_000);

            var small = worker.connect().send(post(5)).send("abc").send("de").answer();
            assertThat(small.body()).isEqualTo("5 bytes");
            if (!concurrency.handsOver()) { // else it streams
                crowd.removeFirst().close();
            }
            late.send("y".repeat(100_000 - SENT));

            assertThat(late.answer().body()).isEqualTo("100000 bytes");
            for (var client : crowd) {
                client.close();
            }
            Await.until("all room", () -> worker.bodies().left(), seen -> seen == all);
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void roomComesBackWhenTheirTimeIsOver(Concurrency concurrency) throws Exception {
        try (var worker = start(concurrency, Duration.ofMillis(300))) {
            long all = worker.bodies().left();

            var one = half(worker, BUFFERED);

            assertThat(one.answer().status()).isEqualTo(408);
            Await.until("all room", () -> worker.bodies().left(), seen -> seen == all);
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void roomComesBackWithTheAnswer(Concurrency concurrency) throws Exception {
        try (var worker = start(concurrency, Duration.ofSeconds(20))) {
            long all = worker.bodies().left();
            var client = half(worker, 100_000);
            Await.until("room taken", () -> worker.bodies().left(), seen -> seen == all - 100_000);

            client.send("y".repeat(100_000 - SENT));

            assertThat(client.answer().body()).isEqualTo("100000 bytes");
            Await.until("all room", () -> worker.bodies().left(), seen -> seen == all);
        }
    }
}
