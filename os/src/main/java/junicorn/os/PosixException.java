package junicorn.os;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;

/// The kernel said no: which call, with which arguments, and why.
///
/// The one exception that crosses the border of this package for what the outside world does; a bug
/// of the caller is an [IllegalArgumentException].
public final class PosixException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    /// `call` names the call and its arguments: `bind(127.0.0.1:80)`.
    public PosixException(String call, int errno) {
        super("%s failed: %s (%s)".formatted(call, Errno.name(errno), Errno.describe(errno)));
        this.errno = errno;
    }

    /// Passes a result on, unless it is a negated error number.
    static long check(long result, String call, Object... arguments) {
        if (result < 0) {
            var words = Arrays.stream(arguments).map(String::valueOf).collect(joining(", "));
            throw new PosixException("%s(%s)".formatted(call, words), (int) -result);
        }
        return result;
    }

    /// The error number, one of the constants of [Errno] or any other that Linux knows.
    public int errno() {
        return errno;
    }
}
