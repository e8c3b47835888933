package junicorn.worker;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import junicorn.control.WarmUp;
import junicorn.os.Sockets;
import junicorn.worker.http.HttpFront;
import junicorn.worker.poll.Poll;
import org.jspecify.annotations.Nullable;

/// The requests that a worker sends to itself, over private connections (socketpair(2)) that its
/// own poll serves as if they were accepted: so the same code runs for them as for a client's, and
/// nobody else can get in. They seem to come from 127.0.0.1.
final class Rehearsal {
    private static final Logger LOG = System.getLogger(Rehearsal.class.getName());

    /// For one answer; all together have `--boot-timeout`.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// For the last connection to be closed, after its answer.
    private static final Duration END = Duration.ofSeconds(5);

    private static final SocketAddress CLIENT =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    private final Poll poll;
    private final HttpFront front;
    private final SocketAddress server;
    private final List<String> failures = new ArrayList<>();
    private @Nullable WarmUpClient client;
    private int requests;

    /// @param front for these connections alone
    /// @param server where they seem to have been accepted
    Rehearsal(Poll poll, HttpFront front, SocketAddress server) {
        this.poll = poll;
        this.front = front;
        this.server = server;
    }

    /// Blocks until all have been answered, or have failed.
    ///
    /// @return what failed, in words
    List<String> run(WarmUp warmUp) {
        long since = System.nanoTime();
        try {
            warmUp.shots().forEach(this::fire);
        } finally {
            hangUp();
        }
        awaitEnd();
        LOG.log(
                Level.INFO,
                "warmed up requests=%d took=%dms%s"
                        .formatted(
                                requests,
                                (System.nanoTime() - since) / 1_000_000,
                                failures.isEmpty() ? "" : " failures=" + failures.size()));
        return List.copyOf(failures);
    }

    /// Up to its first failure: what follows would be the same.
    private void fire(WarmUp.Shot shot) {
        boolean remarked = false;
        for (int i = 1; i <= shot.times(); i++) {
            requests++;
            try {
                int status = ask(shot.target());
                if (status >= 500) {
                    failed(shot, i, "status=" + status);
                    return;
                }
                if (status >= 400 && !remarked) {
                    remarked = true;
                    LOG.log(
                            Level.WARNING,
                            "warm-up request GET %s is answered status=%d, is it what you meant?"
                                    .formatted(shot.target(), status));
                }
            } catch (IOException e) {
                failed(shot, i, String.valueOf(e.getMessage()));
                return;
            }
        }
    }

    private void failed(WarmUp.Shot shot, int number, String why) {
        var failure =
                "warm-up request GET %s failed: %s (request %d of %d)"
                        .formatted(shot.target(), why, number, shot.times());
        failures.add(failure);
        LOG.log(Level.WARNING, failure);
    }

    private int ask(String target) throws IOException {
        if (client != null && !client.isReusable()) {
            hangUp();
        }
        if (client == null) {
            client = connect();
        }
        return client.ask(target);
    }

    private WarmUpClient connect() {
        var pair = Sockets.streamPair();
        poll.execute(() -> front.pretended(poll.adopt(pair[1]), server, CLIENT));
        return new WarmUpClient(pair[0], PATIENCE);
    }

    private void hangUp() {
        Optional.ofNullable(client).ifPresent(WarmUpClient::close);
        client = null;
    }

    /// What is counted and logged of a request is so after its answer was sent.
    private void awaitEnd() {
        long lateAt = System.nanoTime() + END.toNanos();
        while (poll.connections() > 0 && System.nanoTime() - lateAt < 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
