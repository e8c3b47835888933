package junicorn.systemtest;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// One client of a load: asks `/echo?token=…`, checks the answer, asks again.
///
/// As clients do, it looks before it asks whether a connection that it keeps has ended meanwhile:
/// that is a server's right, without a word, when nothing was asked for a while.
final class LoadClient implements Runnable {
    /// On a machine that is busy with other things a client may come to its next question as late.
    private static final Duration A_WHILE = Duration.ofMillis(200);

    private final Load load;
    private final String name;
    private final boolean keepAlive;
    private Optional<Wire> kept = Optional.empty();
    private long askedAt;
    private boolean refused;

    LoadClient(Load load, String name, boolean keepAlive) {
        this.load = load;
        this.name = name;
        this.keepAlive = keepAlive;
    }

    @Override
    public void run() {
        for (long number = 0; load.wantsMore() && !refused; number++) {
            ask(name + "-" + number);
        }
        kept.ifPresent(LoadClient::close);
    }

    private void ask(String token) {
        long startedAt = System.nanoTime();
        connection(token).ifPresent(wire -> ask(wire, token, startedAt));
    }

    /// Nothing when it was refused.
    private Optional<Wire> connection(String token) {
        if (kept.isPresent() && !hasEnded(kept.get(), token)) {
            return kept;
        }
        try {
            return Optional.of(Wire.to(load.address()));
        } catch (IOException why) {
            refused = load.refused(token, why.toString());
            return Optional.empty();
        }
    }

    private boolean hasEnded(Wire wire, String token) {
        try {
            if (!wire.hasEnded()) {
                return false;
            }
            var since = Duration.ofNanos(System.nanoTime() - askedAt);
            if (since.compareTo(A_WHILE) < 0) {
                load.failed(token, "the connection ended unannounced " + since + " after its last");
            }
        } catch (IOException why) {
            load.failed(token, "before it was asked: " + why);
        }
        close(wire);
        return true;
    }

    private void ask(Wire wire, String token, long startedAt) {
        kept = Optional.empty();
        askedAt = startedAt;
        try {
            var answer = wire.within(Wire.PATIENCE).get("/echo?token=" + token).answer();
            long worker = workerOf(answer, token);
            load.completed(worker, Duration.ofNanos(System.nanoTime() - startedAt));
            if (keepAlive && !answer.closes()) {
                kept = Optional.of(wire);
                return;
            }
        } catch (IOException why) {
            load.failed(token, why.toString());
        }
        close(wire);
    }

    /// The answer is the token and the pid of the worker.
    private static long workerOf(Answer answer, String token) throws IOException {
        var words = answer.body().split(" ", 2);
        if (answer.status() != 200 || words.length != 2 || !words[0].equals(token)) {
            throw new IOException("not the answer to this request: " + answer);
        }
        return Long.parseLong(words[1]);
    }

    private static void close(Wire wire) {
        try {
            wire.close();
        } catch (IOException alreadyBroken) {
            // what matters of it has been counted
        }
    }
}
