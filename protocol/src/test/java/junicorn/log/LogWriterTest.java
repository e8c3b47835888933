package junicorn.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Ring 1: what becomes of records whose reader stalls.
@Timeout(60)
class LogWriterTest {
    /// Long enough on any machine where nothing stalls, and never waited for where something does.
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Semaphore reader = new Semaphore(0);
    private final Semaphore inSink = new Semaphore(0);
    private final BlockingQueue<String> written = new LinkedBlockingQueue<>();

    @Test
    void aRecordIsWrittenWhenTheCallReturns() {
        var log = writer(LONG);
        reader.release(3);

        log.write("one");
        log.write("two");
        assertThat(written).containsExactly("one", "two");
        log.write("three");

        assertThat(written).containsExactly("one", "two", "three");
    }

    @Test
    void whoLogsGoesOnWhileTheReaderStallsAndNothingIsLostOrMixedUp() throws Exception {
        var log = writer(Duration.ofMillis(1));

        log.write("one");
        log.write("two");
        log.write("three");
        assertThat(written).isEmpty();
        reader.release(3);

        assertThat(read(3)).containsExactly("one", "two", "three");
    }

    @Test
    void whatIsMoreThanAReaderMayMissIsCountedAndSaidInItsPlace() throws Exception {
        var log = writer(Duration.ofMillis(1));
        log.write("first"); // taken by the thread, which writes it as long as the reader stalls
        awaitTaken(log);
        for (int i = 0; i < LogWriter.RECORDS_MAX + 7; i++) {
            log.write("r" + i);
        }

        reader.release(Integer.MAX_VALUE / 2);

        assertThat(read(1)).containsExactly("first");
        assertThat(read(LogWriter.RECORDS_MAX)).startsWith("r0", "r1").endsWith("r999");
        assertThat(read(1)).containsExactly("lost 7");
        log.write("after");
        assertThat(read(1)).containsExactly("after");
    }

    @Test
    void bytesAreBoundedToo() throws Exception {
        var log = writer(Duration.ofMillis(1));
        log.write("first");
        awaitTaken(log);
        var large = "x".repeat(LogWriter.BYTES_MAX / 4);
        for (int i = 0; i < 6; i++) {
            log.write(large);
        }

        reader.release(100);

        assertThat(read(6)).containsExactly("first", large, large, large, large, "lost 2");
    }

    @Test
    void aThreadThatIsInterruptedLogsAndStaysSo() throws Exception {
        var log = writer(LONG);
        Thread.currentThread().interrupt();

        log.write("one");

        assertThat(Thread.interrupted()).isTrue();
        reader.release();
        assertThat(read(1)).containsExactly("one");
    }

    @Test
    void flushWaitsForWhatWaits() {
        var log = writer(Duration.ofMillis(1));
        log.write("one");
        log.flush(Duration.ofMillis(1));
        assertThat(written).isEmpty();

        reader.release();
        log.flush(LONG);

        assertThat(written).containsExactly("one");
    }

    /// With the first record in the sink, all that is written next waits.
    private void awaitTaken(LogWriter log) throws InterruptedException {
        assertThat(inSink.tryAcquire(30, TimeUnit.SECONDS)).as("taken by %s", log).isTrue();
    }

    private LogWriter writer(Duration patience) {
        return new LogWriter(
                record -> {
                    inSink.release();
                    reader.acquireUninterruptibly();
                    written.add(new String(record, UTF_8));
                },
                patience,
                count -> "lost " + count);
    }

    private List<String> read(int count) throws InterruptedException {
        var records = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            var record = written.poll(30, TimeUnit.SECONDS);
            records.add(record == null ? "(nothing came)" : record);
        }
        return records;
    }
}
