package junicorn.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;

/// Writes records one after the other, and lets a reader that stalls hold up nobody for long.
///
/// Standard error is often a pipe, and a pipe that nobody reads takes 64 KiB and no more.
/// O_NONBLOCK would be seen by all processes that share it, and what poll(2) says may be wrong a
/// moment later for the same reason. So a thread of its own writes. Who logs waits until that is
/// done, so that what was logged before a crash is there; but only for a moment, and not at all
/// while it is known that the reader stalls.
final class LogWriter {
    /// Where records go.
    interface Sink {
        /// May take as long as it likes.
        void write(byte[] record) throws IOException;
    }

    /// What waits for a reader that stalls: then records are lost, and counted.
    static final int RECORDS_MAX = 1_000;

    static final int BYTES_MAX = 1024 * 1024;

    private static final long STACK_BYTES = 128 * 1024;

    private final Sink sink;
    private final Duration patience;
    private final LongFunction<String> lostWords;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition came = lock.newCondition();
    private final Condition done = lock.newCondition();
    private final Deque<byte[]> waiting = new ArrayDeque<>(); // guarded by lock, as all below
    private long waitingBytes;
    private long added;
    private long written;
    private long lost;
    private boolean stalls;
    private boolean started;

    /// @param patience of who logs
    /// @param lostWords the record that says how many are lost
    LogWriter(Sink sink, Duration patience, LongFunction<String> lostWords) {
        this.sink = sink;
        this.patience = patience;
        this.lostWords = lostWords;
    }

    /// Returns when it is written, or after a moment.
    void write(String record) {
        lock.lock();
        try {
            if (!start()) {
                put(bytes(record));
                return;
            }
            if (waiting.size() >= RECORDS_MAX || waitingBytes >= BYTES_MAX) {
                lost++;
                return;
            }
            sayLost();
            add(bytes(record));
            if (!stalls) {
                stalls = !isWritten(added, patience);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits until all is written, or so long.
    void flush(Duration atMost) {
        lock.lock();
        try {
            isWritten(added, atMost);
        } finally {
            lock.unlock();
        }
    }

    private static byte[] bytes(String record) {
        return record.getBytes(StandardCharsets.UTF_8);
    }

    private void add(byte[] record) {
        waiting.add(record);
        waitingBytes += record.length;
        added++;
        came.signal();
    }

    private void sayLost() {
        if (lost > 0) {
            var words = lostWords.apply(lost);
            lost = 0;
            add(bytes(words));
        }
    }

    private boolean isWritten(long number, Duration atMost) {
        var left = TimeUnit.NANOSECONDS.convert(atMost);
        try {
            while (written < number && left > 0) {
                left = done.awaitNanos(left);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // it is written all the same
            return true;
        }
        return written >= number;
    }

    /// False where no thread can be had: then who logs writes.
    private boolean start() {
        if (!started) {
            var thread = new Thread(null, this::run, "log", STACK_BYTES);
            thread.setDaemon(true);
            try {
                thread.start();
                started = true;
            } catch (OutOfMemoryError _) { // no thread left
                return false;
            }
        }
        return true;
    }

    private void run() {
        while (true) {
            put(take());
            lock.lock();
            try {
                written++;
                if (waiting.isEmpty()) {
                    stalls = false;
                    sayLost();
                }
                done.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private byte[] take() {
        lock.lock();
        try {
            while (waiting.isEmpty()) {
                came.awaitUninterruptibly();
            }
            var record = waiting.remove();
            waitingBytes -= record.length;
            return record;
        } finally {
            lock.unlock();
        }
    }

    /// One write(2) a record, so that records of several processes do not mix. If even stderr
    /// fails, there is nobody left to tell.
    @SuppressWarnings("EmptyCatch")
    private void put(byte[] record) {
        try {
            sink.write(record);
        } catch (IOException _) {
        }
    }
}
