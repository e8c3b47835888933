package junicorn.worker.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/// A client that behaves in every way it can think of, one connection after the other as fast as it
/// can, and checks that each answer belongs to its request: both carry a token that is used once.
final class StressClient implements Runnable {
    /// More than the worker buffers, so that the body is streamed.
    private static final int LARGE = 40_000;

    /// Who says nothing for so long may find the connection closed.
    private static final long LATE_NANOS = 10_000_000;

    private final InetSocketAddress server;
    private final boolean kept;
    private final long end;
    private final Random random;
    private final String name;
    private long begun;
    private boolean late;
    private long tokens;
    private long connections;
    private long answers;

    /// @param kept the server keeps connections for more than one request
    StressClient(InetSocketAddress server, boolean kept, Duration duration, long seed) {
        this.server = server;
        this.kept = kept;
        end = System.nanoTime() + duration.toNanos();
        random = new Random(seed);
        name = "c" + seed + "-";
    }

    long connections() {
        return connections;
    }

    long answers() {
        return answers;
    }

    @Override
    public void run() {
        while (System.nanoTime() - end < 0) {
            int way = random.nextInt(12);
            late = false;
            try (var client = connect()) {
                connections++;
                behave(way, client);
            } catch (EOFException | SocketException e) {
                if (!late) {
                    throw failed(way, e);
                }
            } catch (IOException e) {
                throw failed(way, e);
            }
        }
    }

    private RawClient connect() throws IOException {
        while (true) {
            try {
                begun = System.nanoTime();
                return new RawClient(server);
            } catch (BindException | ConnectException | NoRouteToHostException noPortLeft) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private AssertionError failed(int way, IOException cause) {
        return new AssertionError("client " + name + ", way " + way, cause);
    }

    private void behave(int way, RawClient client) throws IOException {
        switch (way) {
            case 0 -> client.abort(); // said nothing
            case 1 -> {} // closed in order, said nothing
            case 2 -> client.send("GET /sync/x HTTP/1.1\r\nHo").abort();
            case 3 -> ask(client, "GET", "").abort();
            case 4 -> leaveInMidBody(client);
            case 5 -> leaveInMidAnswer(client);
            case 6 -> waitForTheTimeout(client);
            case 7 -> askHalfClosed(client);
            case 8 -> pipeline(client);
            case 9 -> pause(client);
            default -> askSeveralTimes(client);
        }
    }

    private RawClient ask(RawClient client, String method, String body) throws IOException {
        send(client, request(method, body));
        return client;
    }

    /// If this thread was held up for too long, the server has given the request up.
    private void send(RawClient client, String text) throws IOException {
        try {
            client.send(text);
        } finally {
            late |= System.nanoTime() - begun > LATE_NANOS;
        }
    }

    private String request(String method, String body) {
        var kind = random.nextBoolean() ? "/sync/" : "/async/";
        var request = method + " " + kind + ++tokens + name + " HTTP/1.1\r\nHost: test\r\n";
        var length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
        return request + length + "\r\n" + body;
    }

    private void check(Answer answer, long token, String body) throws IOException {
        var expected = token + name + " " + body.length() + "\n";
        if (answer.status() != 200 || !answer.body().equals(expected.repeat(10))) {
            throw new IOException("not the answer to " + token + name + ": " + answer);
        }
        answers++;
    }

    private void askSeveralTimes(RawClient client) throws IOException {
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times; i++) {
            var body =
                    switch (random.nextInt(4)) {
                        case 0 -> "b".repeat(random.nextInt(500));
                        case 1 -> "b".repeat(LARGE);
                        default -> "";
                    };
            try {
                ask(client, body.isEmpty() ? "GET" : "POST", body);
                check(client.answer(), tokens, body);
            } catch (EOFException | SocketException e) {
                if (i == 0) {
                    throw e; // only an idle connection may be closed
                }
                return;
            }
        }
    }

    private void askHalfClosed(RawClient client) throws IOException {
        ask(client, "GET", "").half();
        check(client.answer(), tokens, "");
    }

    private void pipeline(RawClient client) throws IOException {
        long first = tokens + 1;
        send(client, request("GET", "") + request("GET", "") + request("GET", ""));
        for (int i = 0; i < (kept ? 3 : 1); i++) {
            check(client.answer(), first + i, "");
        }
    }

    /// The body comes in two pieces, and the request may time out between them.
    private void pause(RawClient client) throws IOException {
        var kind = random.nextBoolean() ? "/brief/" : "/async/";
        send(client, "POST " + kind + ++tokens + name + " HTTP/1.1\r\nHost: test\r\n");
        send(client, "Content-Length: " + LARGE + "\r\n\r\n" + "b".repeat(LARGE / 2));
        LockSupport.parkNanos(random.nextInt(50_000_000));
        try {
            client.send("b".repeat(LARGE / 2));
            var answer = client.answer();
            if (answer.status() == 200) {
                check(answer, tokens, "b".repeat(LARGE));
            }
        } catch (EOFException | SocketException timedOut) {
            client.close();
        }
    }

    private void leaveInMidBody(RawClient client) throws IOException {
        send(client, "POST /async/" + ++tokens + name + " HTTP/1.1\r\nHost: test\r\n");
        var some = "b".repeat(random.nextInt(LARGE));
        send(client, "Content-Length: " + LARGE + "\r\n\r\n" + some);
        if (random.nextBoolean()) {
            client.abort();
        }
    }

    private void leaveInMidAnswer(RawClient client) throws IOException {
        send(client, "GET /large/" + ++tokens + name + " HTTP/1.1\r\nHost: test\r\n\r\n");
        int first = client.read();
        if (first < 0) {
            throw new EOFException("no answer to " + tokens + name);
        } else if (first != 'H') {
            throw new IOException("no answer to " + tokens + name);
        }
        if (random.nextBoolean()) {
            client.abort();
        }
    }

    private void waitForTheTimeout(RawClient client) throws IOException {
        send(client, "GET /sync/x HTTP/1.1\r\n");
        int status = client.answer().status();
        if (status != 408) {
            throw new IOException("a half request was answered " + status);
        }
    }
}
