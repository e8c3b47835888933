package junicorn.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The C calls that start a process. They *return* their error number, 0 for none: errno is not
/// theirs.
final class SpawnCalls {
    private static final FunctionDescriptor ON_ONE = FunctionDescriptor.of(JAVA_INT, ADDRESS);
    private static final FunctionDescriptor ON_TWO =
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS);
    private static final FunctionDescriptor WITH_INT =
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT);

    private static final MethodHandle SPAWN =
            Native.plain(
                    "posix_spawn",
                    FunctionDescriptor.of(
                            JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    private static final MethodHandle ATTRIBUTES_INIT =
            Native.plain("posix_spawnattr_init", ON_ONE);
    private static final MethodHandle ATTRIBUTES_SETFLAGS =
            Native.plain(
                    "posix_spawnattr_setflags",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_SHORT));
    private static final MethodHandle ATTRIBUTES_SETSIGDEFAULT =
            Native.plain("posix_spawnattr_setsigdefault", ON_TWO);
    private static final MethodHandle ACTIONS_INIT =
            Native.plain("posix_spawn_file_actions_init", ON_ONE);
    private static final MethodHandle ACTIONS_DESTROY =
            Native.plain("posix_spawn_file_actions_destroy", ON_ONE);
    private static final MethodHandle ACTIONS_ADDOPEN =
            Native.plain(
                    "posix_spawn_file_actions_addopen",
                    FunctionDescriptor.of(
                            JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    private static final MethodHandle ACTIONS_ADDCHDIR =
            Native.plain("posix_spawn_file_actions_addchdir_np", ON_TWO);
    private static final MethodHandle ACTIONS_ADDDUP2 =
            Native.plain(
                    "posix_spawn_file_actions_adddup2",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    private static final MethodHandle ACTIONS_ADDCLOSEFROM =
            Native.plain("posix_spawn_file_actions_addclosefrom_np", WITH_INT);

    private SpawnCalls() {}

    static int spawn(
            MemorySegment pid,
            MemorySegment path,
            MemorySegment actions,
            MemorySegment attributes,
            MemorySegment arguments,
            MemorySegment environment) {
        try {
            return (int) SPAWN.invokeExact(pid, path, actions, attributes, arguments, environment);
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static int attributesInit(MemorySegment attributes) {
        try {
            return (int) ATTRIBUTES_INIT.invokeExact(attributes);
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static int attributesFlags(MemorySegment attributes, short flags) {
        try {
            return (int) ATTRIBUTES_SETFLAGS.invokeExact(attributes, flags);
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static int attributesDefaultSignals(MemorySegment attributes, MemorySegment set) {
        try {
            return (int) ATTRIBUTES_SETSIGDEFAULT.invokeExact(attributes, set);
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static int actionsInit(MemorySegment actions) {
        try {
            return (int) ACTIONS_INIT.invokeExact(actions);
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static int actionsDestroy(MemorySegment actions) {
        try {
            return (int) ACTIONS_DESTROY.invokeExact(actions);
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static int addOpen(MemorySegment actions, int fd, MemorySegment path, int flags, int mode) {
        try {
            return (int) ACTIONS_ADDOPEN.invokeExact(actions, fd, path, flags, mode);
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static int addDup2(MemorySegment actions, int from, int to) {
        try {
            return (int) ACTIONS_ADDDUP2.invokeExact(actions, from, to);
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    /// From glibc 2.29 on.
    static int addChdir(MemorySegment actions, MemorySegment path) {
        try {
            return (int) ACTIONS_ADDCHDIR.invokeExact(actions, path);
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    /// From glibc 2.34 on.
    static int addCloseFrom(MemorySegment actions, int from) {
        try {
            return (int) ACTIONS_ADDCLOSEFROM.invokeExact(actions, from);
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }
}
