package junicorn.worker.poll;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import junicorn.os.Errno;

/// Memory that the kernel reads from and writes to, with the errno of the call that does so. Used
/// by one thread at a time.
///
/// [#bytes()] is in flush mode: what lies between position and limit is to be read.
public final class IoBuffer {
    /// 64 KiB: the most that one critical call may move, for the garbage collector waits as long.
    public static final int CAPACITY = 64 * 1024;

    private final MemorySegment segment = Arena.ofAuto().allocate(CAPACITY, 64);
    private final ByteBuffer bytes = segment.asByteBuffer().limit(0);
    private final Errno errno = Errno.allocate();

    IoBuffer() {}

    /// What was received and not yet consumed.
    public ByteBuffer bytes() {
        return bytes;
    }

    public boolean hasRemaining() {
        return bytes.hasRemaining();
    }

    /// Copies `source`, from its position and without moving it, to `index`; as many bytes as fit.
    public int copyFrom(ByteBuffer source, int index) {
        int length = Math.min(source.remaining(), CAPACITY - index);
        bytes.limit(index + length);
        bytes.put(index, source, source.position(), length);
        return length;
    }

    MemorySegment segment() {
        return segment;
    }

    Errno errno() {
        return errno;
    }
}
