package junicorn.os;

import java.lang.foreign.Arena;
import java.nio.file.Path;

/// Descriptor 2 of this process, and of those it starts from now on.
public final class StandardError {
    private static final int FD = 2;
    private static final int O_WRONLY = 1; // <bits/fcntl-linux.h>, also the next four
    private static final int O_CREAT = 0x40;
    private static final int O_APPEND = 0x400;
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;
    private static final int MODE = 0666; // less the umask

    private StandardError() {}

    /// Appends to that file from now on; made if need be. One step for the kernel, see dup2(2):
    /// what other threads and the JVM itself write meanwhile goes to the old file or to the new,
    /// and none of it is lost. A FIFO that nobody reads is refused (ENXIO) rather than waited for,
    /// see fifo(7).
    ///
    /// @throws PosixException if the file cannot be opened: then nothing has changed
    public static void to(Path file) {
        try (var arena = Arena.ofConfined()) {
            var errno = Errno.in(arena);
            int fd;
            do {
                fd =
                        FileCalls.open(
                                errno,
                                CString.in(arena, file.toString()),
                                O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK | O_CLOEXEC,
                                MODE);
            } while (fd == -Errno.EINTR);
            PosixException.check(fd, "open", file);
            try {
                DescriptorFlags.nonBlocking(fd, false); // it was for open(2) alone
                int result;
                do {
                    result = FileCalls.dup2(errno, fd, FD);
                } while (result == -Errno.EINTR);
                PosixException.check(result, "dup2", fd, FD);
            } finally {
                Sockets.close(fd);
            }
        }
    }
}
