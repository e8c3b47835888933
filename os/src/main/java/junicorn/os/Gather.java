package junicorn.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Pieces of native memory that go out in one call, see sendmsg(2). Reusable; one for each thread
/// or each connection. It keeps the pieces reachable, but not open: their arenas must outlive the
/// call.
///
/// `struct iovec` (`<bits/types/struct_iovec.h>`): pointer at 0, length at 8; 16 bytes. `struct
/// msghdr` (`<bits/socket.h>`): iov at 16, iovlen at 24; 56 bytes, the others are 0 here.
public final class Gather {
    /// How many pieces fit.
    public static final int PIECES_MAX = 16;

    private static final int IOVEC_BYTES = 16;
    private static final int MSGHDR_BYTES = 56;
    private static final int IOV_OFFSET = 16;
    private static final int IOVLEN_OFFSET = 24;

    private final MemorySegment header;
    private final MemorySegment vectors;
    private final @Nullable Object[] pieces = new @Nullable Object[PIECES_MAX];
    private int count;
    private int bytes;

    /// Costs about a microsecond: keep it.
    public Gather() {
        var arena = Arena.ofAuto();
        header = arena.allocate(MSGHDR_BYTES, 8);
        vectors = arena.allocate((long) PIECES_MAX * IOVEC_BYTES, 8);
        header.set(ADDRESS, IOV_OFFSET, vectors);
    }

    /// Forgets all pieces.
    public Gather clear() {
        for (int i = 0; i < count; i++) {
            pieces[i] = null;
        }
        count = 0;
        bytes = 0;
        header.set(JAVA_LONG, IOVLEN_OFFSET, 0);
        return this;
    }

    /// Adds what remains of a direct buffer, cut where 64 KiB are reached. False when it is cut, or
    /// is one piece too many: then send, [#advance], and begin anew. An empty one is nothing to
    /// add.
    public boolean add(ByteBuffer direct) {
        if (!direct.isDirect()) {
            throw new IllegalArgumentException("not a direct buffer: " + direct);
        }
        // a direct buffer's segment begins at its position
        return append(direct, MemorySegment.ofBuffer(direct).address(), direct.remaining());
    }

    /// Adds `length` bytes of native memory, as [#add(ByteBuffer)] does.
    public boolean add(MemorySegment segment, long offset, long length) {
        if (!segment.isNative()) {
            throw new IllegalArgumentException("not native memory: " + segment);
        }
        Objects.checkFromIndexSize(offset, length, segment.byteSize());
        return append(segment, segment.address() + offset, length);
    }

    private boolean append(Object piece, long address, long length) {
        if (length == 0) {
            return true;
        }
        int taken = (int) Math.min(length, Sockets.QUICK_BYTES_MAX - bytes);
        if (taken == 0 || count == PIECES_MAX) {
            return false;
        }
        long at = (long) count * IOVEC_BYTES;
        vectors.set(JAVA_LONG, at, address);
        vectors.set(JAVA_LONG, at + 8, taken);
        pieces[count++] = piece;
        bytes += taken;
        header.set(JAVA_LONG, IOVLEN_OFFSET, count);
        return taken == length;
    }

    /// Moves the positions of the added buffers on by what was sent, first to last. Segments have
    /// none.
    public void advance(int sent) {
        int left = sent;
        for (int i = 0; i < count && left > 0; i++) {
            int length = (int) vectors.get(JAVA_LONG, (long) i * IOVEC_BYTES + 8);
            int taken = Math.min(left, length);
            if (pieces[i] instanceof ByteBuffer buffer) {
                buffer.position(buffer.position() + taken);
            }
            left -= taken;
        }
    }

    /// How many bytes there are to send.
    public int bytes() {
        return bytes;
    }

    MemorySegment header() {
        return header;
    }
}
