package junicorn.master.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import junicorn.master.loop.Event;
import junicorn.master.loop.Inbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Ring 1: a process that cannot be weighed does not cost a thread each time.
@Timeout(60)
class MemoryMeterTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Inbox inbox = new Inbox();
    private final Semaphore kernel = new Semaphore(0);
    private final BlockingQueue<Set<Long>> weighed = new LinkedBlockingQueue<>();
    private final MemoryMeter scales = new MemoryMeter(inbox, this::weigh);

    @Test
    void thereIsOneWeighingAtATimeAndAnotherWhenItIsDone() throws Exception {
        scales.weigh(Set.of(1L));
        scales.weigh(Set.of(2L));
        scales.weigh(Set.of(3L));
        kernel.release(3);
        assertThat(inbox.next(List::of, SOON)).containsInstanceOf(Event.Weighed.class);

        scales.weigh(Set.of(4L));
        assertThat(inbox.next(List::of, SOON)).containsInstanceOf(Event.Weighed.class);

        assertThat(weighed.poll(SOON.toSeconds(), TimeUnit.SECONDS)).containsExactly(1L);
        assertThat(weighed.poll(SOON.toSeconds(), TimeUnit.SECONDS)).containsExactly(4L);
        assertThat(weighed).isEmpty();
    }

    private Event weigh(Set<Long> pids) {
        kernel.acquireUninterruptibly();
        weighed.add(pids);
        return new Event.Weighed(Map.of(), 1);
    }
}
