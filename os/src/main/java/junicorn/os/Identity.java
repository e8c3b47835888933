package junicorn.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Whose rights a process has.
///
/// @param groups all that it is a member of
public record Identity(int uid, int gid, List<Integer> groups) {
    private static final int GROUPS_MAX = 65_536; // NGROUPS_MAX of <linux/limits.h>

    public Identity {
        groups = List.copyOf(groups);
    }

    /// The first of these files that it may not read, or directories that it may not enter.
    public Optional<Path> firstUnreadable(List<Path> paths) {
        return during(() -> paths.stream().filter(path -> !isReadable(path)).findFirst());
    }

    public boolean mayWrite(Path file) {
        return during(() -> Files.isWritable(file));
    }

    /// access(2) asks for the real user, which [#during] is.
    private static boolean isReadable(Path path) {
        return Files.isReadable(path) && (!Files.isDirectory(path) || Files.isExecutable(path));
    }

    /// Runs `action` with this as the *real* user and group of the calling thread, which stays root
    /// by its effective ones. Who is spawned meanwhile with POSIX_SPAWN_RESETIDS is this user and
    /// nobody else from its first instruction on; other threads notice nothing.
    ///
    /// What cannot be undone would leave a thread with the wrong rights: the process ends.
    <T> T during(Supplier<T> action) {
        try (var arena = Arena.ofConfined()) {
            var errno = Errno.in(arena);
            var ours = ours(arena, errno);
            try {
                assume(arena, errno);
                return action.get();
            } finally {
                undo(errno, ours);
            }
        }
    }

    private static MemorySegment ours(Arena arena, Errno errno) {
        var groups = arena.allocate(JAVA_INT, GROUPS_MAX);
        int count = CredentialCalls.getgroups(errno, GROUPS_MAX, groups);
        PosixException.check(count, "getgroups");
        return groups.asSlice(0, count * (long) Integer.BYTES);
    }

    private void assume(Arena arena, Errno errno) {
        var all = groups.stream().mapToInt(Integer::intValue).toArray();
        PosixException.check(
                CredentialCalls.setgroups(errno, all.length, arena.allocateFrom(JAVA_INT, all)),
                "setgroups",
                groups);
        PosixException.check(CredentialCalls.setresgid(errno, gid, 0, 0), "setresgid", gid);
        PosixException.check(CredentialCalls.setresuid(errno, uid, 0, 0), "setresuid", uid);
    }

    private static void undo(Errno errno, MemorySegment groups) {
        int count = (int) (groups.byteSize() / Integer.BYTES);
        if (CredentialCalls.setresuid(errno, 0, 0, 0) < 0
                || CredentialCalls.setresgid(errno, 0, 0, 0) < 0
                || CredentialCalls.setgroups(errno, count, groups) < 0) {
            Runtime.getRuntime().halt(1);
        }
    }

    static <T> T during(Optional<Identity> identity, Supplier<T> action) {
        return identity.isPresent() ? identity.get().during(action) : action.get();
    }
}
