package junicorn.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import junicorn.worker.http.RequestCase.Body;
import junicorn.worker.http.RequestCase.Expected;
import junicorn.worker.poll.Concurrency;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each file of `requests`, sent whole, byte by byte and at random cuts, to each kind of worker.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RequestCorpusTest {
    private static final int RANDOM_CUTS = 3;

    /// Beyond these a request goes on in larger pieces: its middle is all alike.
    private static final int SINGLE_BYTES_MAX = 1200;

    private static final long PACE_NANOS = 20_000;

    private static final List<Concurrency> KINDS =
            List.of(
                    new Concurrency.Sync(),
                    new Concurrency.Pool(2),
                    new Concurrency.Virtual(),
                    new Concurrency.Async());

    private final List<RunningWorker> workers = new ArrayList<>();
    private final ExecutorService clients = Executors.newCachedThreadPool();

    @BeforeAll
    void start() {
        for (var kind : KINDS) {
            workers.add(RunningWorker.start(kind, new Mirror(kind.handlerMayWait())));
        }
    }

    @AfterAll
    void stop() throws IOException {
        clients.close();
        for (var worker : workers.reversed()) { // each wants the descriptors that it found
            worker.close();
        }
    }

    static List<RequestCase> cases() throws IOException {
        return RequestCase.all();
    }

    @Test
    void thereAreManyCases() throws IOException {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(150);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isAnsweredAsItsFileSaysHoweverItComes(RequestCase request) throws Exception {
        var ways = new ArrayList<int[]>();
        ways.add(new int[] {request.request().length()});
        ways.add(single(request.request().length()));
        var random = new Random(request.name().hashCode());
        for (int i = 0; i < RANDOM_CUTS; i++) {
            ways.add(cuts(random, request.request().length()));
        }
        var all = new ArrayList<Future<?>>();
        for (var worker : workers) {
            for (var lengths : ways) {
                all.add(clients.submit(() -> check(worker, request, lengths)));
            }
        }
        for (var one : all) {
            one.get();
        }
    }

    private static @Nullable Void check(RunningWorker worker, RequestCase request, int[] lengths)
            throws IOException {
        if (worker.poll().concurrency().keepsConnections()) {
            check(worker, request, lengths, request.answers(), request.kept());
        } else {
            var first = List.of(request.answers().getFirst());
            check(worker, request, lengths, first, false);
        }
        return null;
    }

    private static int[] single(int length) {
        var lengths = new ArrayList<Integer>();
        for (int at = 0; at < length; at += lengths.getLast()) {
            lengths.add(at < SINGLE_BYTES_MAX ? 1 : Math.min(997, length - at));
        }
        return lengths.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int[] cuts(Random random, int length) {
        var lengths = new ArrayList<Integer>();
        for (int at = 0; at < length; at += lengths.getLast()) {
            lengths.add(Math.min(1 + random.nextInt(Math.max(1, length / 2)), length - at));
        }
        return lengths.stream().mapToInt(Integer::intValue).toArray();
    }

    private static void check(
            RunningWorker worker,
            RequestCase request,
            int[] lengths,
            List<Expected> expected,
            boolean kept)
            throws IOException {
        var where = request.name() + " to " + worker.poll().concurrency();
        try (var client = new RawClient(worker.address())) {
            send(client, request.request(), lengths);
            if (request.ends()) {
                client.half();
            }
            for (var one : expected) {
                check(where + " in " + lengths.length + " pieces", one, answer(client, one));
            }
            if (kept) {
                assertThat(client.get("/next").status()).as(where + ", the next").isEqualTo(200);
            } else {
                assertThat(client.end()).as(where + ", the end").isEqualTo(RawClient.End.EOF);
            }
        } catch (IOException e) {
            throw new AssertionError(where + " in " + lengths.length + " pieces", e);
        }
    }

    private static void send(RawClient client, String request, int[] lengths) {
        int at = 0;
        try {
            for (int length : lengths) {
                client.send(request.substring(at, at + length));
                at += length;
                if (lengths.length > 1) {
                    LockSupport.parkNanos(PACE_NANOS);
                }
            }
        } catch (IOException refusedEarly) {
            assertThat(at).as("bytes that went before the end").isPositive();
        }
    }

    /// The next answer that is not interim.
    private static Answer answer(RawClient client, Expected expected) throws IOException {
        while (true) {
            var answer =
                    expected.body() instanceof Body.NoneToHead
                            ? client.answerToHead()
                            : client.answer();
            if (answer.status() >= 200) {
                return answer;
            }
        }
    }

    private static void check(String where, Expected expected, Answer answer) {
        assertThat(answer.statusLine()).as(where).isEqualTo(expected.statusLine());
        for (var field : expected.fields()) {
            var value = answer.header(field.name());
            if (field.value().equals("*")) {
                assertThat(value).as(where + ": " + field.name()).isPresent();
            } else {
                assertThat(value).as(where + ": " + field.name()).contains(field.value());
            }
        }
        for (var name : expected.absent()) {
            assertThat(answer.header(name)).as(where + ": " + name).isEmpty();
        }
        if (expected.body() instanceof Body.Exactly(String text)) {
            assertThat(answer.body()).as(where).isEqualTo(text);
        }
    }
}
