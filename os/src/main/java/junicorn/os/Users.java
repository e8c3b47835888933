package junicorn.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks users and groups up, see getpwnam(3), getgrnam(3) and getgrouplist(3).
public final class Users {
    /// `struct passwd` of `<pwd.h>`: name 0, password 8, uid 16, gid 20, gecos 24, home 32, shell.
    private static final int PASSWD_BYTES = 48;

    private static final int UID_OFFSET = 16;
    private static final int USERS_GID_OFFSET = 20;
    private static final int HOME_OFFSET = 32;

    /// `struct group` of `<grp.h>`: name 0, password 8, gid 16, members 24.
    private static final int GROUP_BYTES = 32;

    private static final int GID_OFFSET = 16;

    /// The texts of one entry, with all members of a group.
    private static final int TEXTS_BYTES = 1 << 20;

    private static final int GROUPS_MAX = 65_536; // NGROUPS_MAX of <linux/limits.h>
    private static final int TEXT_BYTES_MAX = 4096;

    private Users() {}

    /// An entry of the database of users.
    ///
    /// @param gid its own group
    public record User(String name, int uid, int gid, String home) {}

    /// The number of the user whose rights this process has.
    public static int me() {
        return UserCalls.geteuid();
    }

    public static Optional<User> named(String name) {
        try (var arena = Arena.ofConfined()) {
            var entry = arena.allocate(PASSWD_BYTES, 8);
            var texts = arena.allocate(TEXTS_BYTES);
            var found = arena.allocate(ADDRESS);
            int error = UserCalls.getpwnam(CString.in(arena, name), entry, texts, found);
            return user(error, "getpwnam", name, entry, found);
        }
    }

    public static Optional<User> numbered(int uid) {
        try (var arena = Arena.ofConfined()) {
            var entry = arena.allocate(PASSWD_BYTES, 8);
            var texts = arena.allocate(TEXTS_BYTES);
            var found = arena.allocate(ADDRESS);
            return user(
                    UserCalls.getpwuid(uid, entry, texts, found), "getpwuid", uid, entry, found);
        }
    }

    /// The number of a group.
    public static Optional<Integer> group(String name) {
        try (var arena = Arena.ofConfined()) {
            var entry = arena.allocate(GROUP_BYTES, 8);
            var texts = arena.allocate(TEXTS_BYTES);
            var found = arena.allocate(ADDRESS);
            int error = UserCalls.getgrnam(CString.in(arena, name), entry, texts, found);
            return isFound(error, "getgrnam", name, found)
                    ? Optional.of(entry.get(JAVA_INT, GID_OFFSET))
                    : Optional.empty();
        }
    }

    /// All groups that a user is a member of, and `gid`.
    public static List<Integer> groups(String user, int gid) {
        try (var arena = Arena.ofConfined()) {
            var groups = arena.allocate(JAVA_INT, GROUPS_MAX);
            var count = arena.allocateFrom(JAVA_INT, GROUPS_MAX);
            int many = UserCalls.getgrouplist(CString.in(arena, user), gid, groups, count);
            var list = new ArrayList<Integer>();
            for (int i = 0; i < many; i++) {
                list.add(groups.getAtIndex(JAVA_INT, i));
            }
            return list;
        }
    }

    private static Optional<User> user(
            int error, String call, Object key, MemorySegment entry, MemorySegment found) {
        return isFound(error, call, key, found)
                ? Optional.of(
                        new User(
                                text(entry, 0),
                                entry.get(JAVA_INT, UID_OFFSET),
                                entry.get(JAVA_INT, USERS_GID_OFFSET),
                                text(entry, HOME_OFFSET)))
                : Optional.empty();
    }

    /// Some sources say "no such file" or "no such process" where they mean that there is none.
    private static boolean isFound(int error, String call, Object key, MemorySegment found) {
        if (error != Errno.ENOENT && error != Errno.ESRCH && error != Errno.EBADF) {
            PosixException.check(-error, call, key);
        }
        return found.get(ADDRESS, 0).address() != 0;
    }

    private static String text(MemorySegment entry, long offset) {
        return Native.text(entry.get(ADDRESS, offset), TEXT_BYTES_MAX);
    }
}
