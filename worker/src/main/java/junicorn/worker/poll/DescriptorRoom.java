package junicorn.worker.poll;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// How many connections fit beside the descriptors that a worker has, so that they cannot take the
/// last one from its application: without a free one no class loads and no file opens.
///
/// @param limit descriptors that this process may have (RLIMIT_NOFILE, see getrlimit(2))
/// @param inUse those that it has before its first connection
public record DescriptorRoom(long limit, long inUse) {
    private static final String LIMIT_LINE = "Max open files";
    private static final int RESERVE_MIN = 16;
    private static final int RESERVE_MAX = 256;

    /// With fewer it would serve nobody; so little room is the operator's to mend.
    private static final int CONNECTIONS_MIN = 4;

    /// Of this process, now.
    public static DescriptorRoom now() {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return new DescriptorRoom(
                    limitOf(Files.readAllLines(Path.of("/proc/self/limits"))), open.count());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot count descriptors", e);
        }
    }

    /// The soft one; the JVM has raised it to the hard one (`-XX:+MaxFDLimit`).
    static long limitOf(List<String> limits) {
        return limits.stream()
                .filter(line -> line.startsWith(LIMIT_LINE))
                .map(line -> line.substring(LIMIT_LINE.length()).strip().split(" +")[0])
                .mapToLong(soft -> soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft))
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    /// What is left to the application: an eighth of the limit.
    public int reserve() {
        return Math.toIntExact(Math.clamp(limit / 8, RESERVE_MIN, RESERVE_MAX));
    }

    /// Connections that may be open at once.
    public int connections() {
        return Math.clamp(limit - inUse - reserve(), CONNECTIONS_MIN, Integer.MAX_VALUE);
    }

    /// What to say if more connections are wanted.
    public String tooSmallFor(int wanted) {
        return "--worker-connections %d does not fit the limit of open files (ulimit -n): a worker takes %d connections at once limit=%d in-use=%d reserve=%d"
                .formatted(wanted, connections(), limit, inUse, reserve());
    }
}
