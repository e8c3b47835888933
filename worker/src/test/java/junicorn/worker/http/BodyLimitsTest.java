package junicorn.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import junicorn.worker.http.message.HttpSettings;
import junicorn.worker.http.message.UriRules;
import junicorn.worker.poll.Concurrency;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// How large a body may be, and how slowly it may come.
final class BodyLimitsTest {
    static final List<Concurrency> EACH =
            List.of(
                    new Concurrency.Sync(),
                    new Concurrency.Pool(2),
                    new Concurrency.Virtual(),
                    new Concurrency.Async());

    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final int BUFFERED = 1024;

    private static RunningWorker start(Concurrency concurrency, long bodyMax, Duration grace) {
        return start(concurrency, bodyMax, grace, 500);
    }

    private static RunningWorker start(
            Concurrency concurrency, long bodyMax, Duration grace, int bodyRate) {
        var settings =
                new HttpSettings(
                        PATIENT,
                        PATIENT,
                        PATIENT,
                        PATIENT,
                        BUFFERED,
                        4094,
                        100,
                        8190,
                        bodyMax,
                        grace,
                        bodyRate,
                        UriRules.DEFAULT);
        return RunningWorker.start(concurrency, settings, new Mirror(concurrency.handlerMayWait()));
    }

    private static String head(String framing) {
        return "POST / HTTP/1.1\r\nHost: test\r\n" + framing + "\r\n\r\n";
    }

    private static String chunk(int length) {
        return Integer.toHexString(length) + "\r\n" + "b".repeat(length) + "\r\n";
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void aLengthBeyondTheLimitIsRefusedBeforeTheBodyComes(Concurrency concurrency)
            throws Exception {
        try (var worker = start(concurrency, 100, PATIENT)) {
            var client = worker.connect();
            client.send(head("Content-Length: 101\r\nExpect: 100-continue"));

            var answer = client.answer();

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).contains("the body is larger than 100 bytes");
            assertThat(client.end()).isEqualTo(RawClient.End.EOF);
            assertThat(worker.refusals()).containsExactly(413);
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void chunksUpToTheLimitPassAndOneByteMoreDoesNot(Concurrency concurrency) throws Exception {
        try (var worker = start(concurrency, 100, PATIENT)) {
            var good = worker.connect().send(head("Transfer-Encoding: chunked") + chunk(100));
            var bad = worker.connect().send(head("Transfer-Encoding: chunked") + chunk(100));

            assertThat(good.send("0\r\n\r\n").answer().status()).isEqualTo(200);
            assertThat(bad.send(chunk(1)).answer().status()).isEqualTo(413);
            assertThat(bad.end()).isEqualTo(RawClient.End.EOF);
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void whoReadsAStreamedBodyLearnsThatItIsTooLarge(Concurrency concurrency) throws Exception {
        try (var worker = start(concurrency, 4 * BUFFERED, PATIENT)) {
            var client = worker.connect().send(head("Transfer-Encoding: chunked"));
            client.send(chunk(2 * BUFFERED));
            worker.awaitRequests(1);

            var answer = client.send(chunk(3 * BUFFERED)).answer();

            assertThat(answer.status()).isEqualTo(413);
            assertThat(client.end()).isEqualTo(RawClient.End.EOF);
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void aBodyThatDripsIsAnswered408(Concurrency concurrency) throws Exception {
        try (var worker = start(concurrency, 0, Duration.ofMillis(60))) {
            var client = worker.connect().send(head("Transfer-Encoding: chunked"));

            drip(client);

            assertThat(client.answer().status()).isEqualTo(408);
        }
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void aStreamedBodyThatDripsIsAnswered408(Concurrency concurrency) throws Exception {
        try (var worker = start(concurrency, 0, Duration.ofMillis(60), 5_000)) {
            var client = worker.connect().send(head("Transfer-Encoding: chunked"));
            client.send(chunk(2 * BUFFERED)); // gains 0.4 s
            worker.awaitRequests(1);

            drip(client);

            assertThat(client.answer().status()).isEqualTo(408);
        }
    }

    private static void drip(RawClient client) throws Exception {
        while (client.quiet()) {
            client.send("1\r\nb\r\n");
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }
}
