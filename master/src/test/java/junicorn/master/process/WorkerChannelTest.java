package junicorn.master.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import junicorn.control.ControlChannel;
import junicorn.control.Message;
import junicorn.master.loop.Event;
import junicorn.master.loop.Inbox;
import junicorn.os.Epoll;
import junicorn.os.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Ring 2: a worker's end of a real socketpair is in the hands of the test, as it would be in those
/// of an application.
@Timeout(30)
class WorkerChannelTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final int[] pair = Sockets.pair();
    private final ControlChannel worker = new ControlChannel(pair[1]);
    private final Inbox inbox = new Inbox();
    private final WorkerChannel channel = new WorkerChannel(3, 4711, pair[0], inbox);

    @BeforeEach
    void open() {
        channel.send(new Message.Lead());
        channel.start();
    }

    @AfterEach
    void close() {
        Sockets.close(pair[1]);
        channel.awaitEnd(LONG);
    }

    @Test
    void eachThingIsHeardOnceHoweverOftenItIsSaid() throws Exception {
        for (int i = 0; i < 20; i++) {
            worker.send(new Message.Ready(i));
            worker.send(new Message.Unfit("broken"));
            worker.send(new Message.Yielded());
            worker.send(new Message.Explained("nobody asked"));
        }
        worker.send(new Message.Recycle("tired"));

        assertThat(heard(4))
                .containsExactly(
                        new Event.WorkerReady(3, 4711, 0),
                        new Event.WorkerUnfit(3, 4711, "broken"),
                        new Event.WorkerYielded(3, 4711),
                        new Event.WorkerTired(3, 4711, "tired"));
        assertThat(inbox.next(List::of, Duration.ZERO)).isEmpty();
    }

    @Test
    void aWorkerThatDoesNotReadHoldsUpNobodyAndGetsTheLastOfEachKindLater() {
        int sent = 0;
        while (!channel.isDeaf()) {
            channel.send(new Message.Reopen());
            sent++;
        }
        for (int i = 0; i < 1_000; i++) {
            channel.send(new Message.Reopen());
            channel.send(new Message.Explain(true));
        }

        assertThat(sent).isGreaterThan(10);
        assertThat(channel.isDeaf()).isTrue();
        var read = new ArrayList<Message>();
        while (channel.isDeaf() || Sockets.await(pair[1], Epoll.IN, Duration.ZERO)) {
            read.add(worker.receive().orElseThrow());
        }
        assertThat(read).hasSize(1 + sent + 1);
        assertThat(read).endsWith(new Message.Reopen(), new Message.Explain(true));
    }

    private List<Event> heard(int count) throws InterruptedException {
        var events = new ArrayList<Event>();
        while (events.size() < count) {
            events.add(inbox.next(List::of, LONG).orElseThrow());
        }
        return events;
    }
}
