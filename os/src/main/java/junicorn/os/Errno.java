package junicorn.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/// Where a C call leaves its error number, and a few bytes of scratch for its arguments.
///
/// One for each thread or each connection; never used by two threads at once. See errno(3). The
/// numbers are those of `<asm-generic/errno-base.h>` and `<asm-generic/errno.h>`, equal on x86-64
/// and AArch64.
public final class Errno {
    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int ESRCH = 3;
    public static final int EINTR = 4;
    public static final int EIO = 5;
    public static final int ENXIO = 6;
    public static final int E2BIG = 7;
    public static final int ENOEXEC = 8;
    public static final int EBADF = 9;
    public static final int ECHILD = 10;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int EFAULT = 14;
    public static final int EEXIST = 17;
    public static final int ENOTDIR = 20;
    public static final int EISDIR = 21;
    public static final int EINVAL = 22;
    public static final int ENFILE = 23;
    public static final int EMFILE = 24;
    public static final int ETXTBSY = 26;
    public static final int ENOSPC = 28;
    public static final int ESPIPE = 29;
    public static final int EROFS = 30;
    public static final int EPIPE = 32;
    public static final int ENAMETOOLONG = 36;
    public static final int ENOSYS = 38;
    public static final int ELOOP = 40;
    public static final int EPROTO = 71;
    public static final int ENOTSOCK = 88;
    public static final int EMSGSIZE = 90;
    public static final int ENOPROTOOPT = 92;
    public static final int EPROTONOSUPPORT = 93;
    public static final int EOPNOTSUPP = 95;
    public static final int EAFNOSUPPORT = 97;
    public static final int EADDRINUSE = 98;
    public static final int EADDRNOTAVAIL = 99;
    public static final int ENETDOWN = 100;
    public static final int ENETUNREACH = 101;
    public static final int ECONNABORTED = 103;
    public static final int ECONNRESET = 104;
    public static final int ENOBUFS = 105;
    public static final int EISCONN = 106;
    public static final int ENOTCONN = 107;
    public static final int ETIMEDOUT = 110;
    public static final int ECONNREFUSED = 111;
    public static final int EHOSTUNREACH = 113;
    public static final int EALREADY = 114;
    public static final int EINPROGRESS = 115;

    /// The largest argument that is passed by address in a hot call: a `struct epoll_event`.
    static final int SCRATCH_BYTES = 16;

    private static final long VALUE_OFFSET =
            Linker.Option.captureStateLayout().byteOffset(PathElement.groupElement("errno"));

    private final MemorySegment segment;
    private final MemorySegment scratch;

    private Errno(Arena arena) {
        segment = arena.allocate(Linker.Option.captureStateLayout());
        scratch = arena.allocate(SCRATCH_BYTES, Long.BYTES);
    }

    /// A new one that lives as long as it is reachable. Costs about a microsecond: keep it.
    public static Errno allocate() {
        return new Errno(Arena.ofAuto());
    }

    /// For one cold call, within `arena`.
    static Errno in(Arena arena) {
        return new Errno(arena);
    }

    /// `EADDRINUSE` for 98; `errno 4711` for a number without a name here.
    public static String name(int errno) {
        var known = Names.KNOWN.get(errno);
        return known != null ? known.name() : "errno " + errno;
    }

    /// `address already in use` for 98: the words of strerror(3), in English whatever the locale.
    public static String describe(int errno) {
        var known = Names.KNOWN.get(errno);
        return known != null ? known.words() : "unknown error";
    }

    MemorySegment segment() {
        return segment;
    }

    MemorySegment scratch() {
        return scratch;
    }

    /// What the kernel itself would have returned: `result`, or the negated error number where C
    /// says -1.
    int orNegated(int result) {
        return result >= 0 ? result : -segment.get(JAVA_INT, VALUE_OFFSET);
    }

    long orNegated(long result) {
        return result >= 0 ? result : -segment.get(JAVA_INT, VALUE_OFFSET);
    }

    private record Known(String name, String words) {}

    /// Loaded with the first failure.
    private static final class Names {
        static final Map<Integer, Known> KNOWN = new HashMap<>();

        static {
            """
            1 EPERM operation not permitted
            2 ENOENT no such file or directory
            3 ESRCH no such process
            4 EINTR interrupted system call
            5 EIO input/output error
            6 ENXIO no such device or address
            7 E2BIG argument list too long
            8 ENOEXEC exec format error
            9 EBADF bad file descriptor
            10 ECHILD no child processes
            11 EAGAIN resource temporarily unavailable
            12 ENOMEM cannot allocate memory
            13 EACCES permission denied
            14 EFAULT bad address
            17 EEXIST file exists
            20 ENOTDIR not a directory
            21 EISDIR is a directory
            22 EINVAL invalid argument
            23 ENFILE too many open files in system
            24 EMFILE too many open files
            26 ETXTBSY text file busy
            28 ENOSPC no space left on device
            29 ESPIPE illegal seek
            30 EROFS read-only file system
            32 EPIPE broken pipe
            36 ENAMETOOLONG file name too long
            38 ENOSYS function not implemented
            40 ELOOP too many levels of symbolic links
            71 EPROTO protocol error
            88 ENOTSOCK socket operation on non-socket
            90 EMSGSIZE message too long
            92 ENOPROTOOPT protocol not available
            93 EPROTONOSUPPORT protocol not supported
            95 EOPNOTSUPP operation not supported
            97 EAFNOSUPPORT address family not supported by protocol
            98 EADDRINUSE address already in use
            99 EADDRNOTAVAIL cannot assign requested address
            100 ENETDOWN network is down
            101 ENETUNREACH network is unreachable
            103 ECONNABORTED software caused connection abort
            104 ECONNRESET connection reset by peer
            105 ENOBUFS no buffer space available
            106 EISCONN transport endpoint is already connected
            107 ENOTCONN transport endpoint is not connected
            110 ETIMEDOUT connection timed out
            111 ECONNREFUSED connection refused
            113 EHOSTUNREACH no route to host
            114 EALREADY operation already in progress
            115 EINPROGRESS operation now in progress
            """
                    .lines()
                    .map(line -> line.split(" ", 3))
                    .forEach(
                            word ->
                                    KNOWN.put(
                                            Integer.valueOf(word[0]), new Known(word[1], word[2])));
        }
    }
}
