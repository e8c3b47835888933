package junicorn.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The C calls that ask the databases of users and groups, wherever nsswitch.conf(5) has them.
/// Those that end in `_r` *return* their error number, 0 for none.
final class UserCalls {
    private static final FunctionDescriptor BY_NAME =
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
    private static final FunctionDescriptor BY_NUMBER =
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);

    private static final MethodHandle GETPWNAM = Native.plain("getpwnam_r", BY_NAME);
    private static final MethodHandle GETPWUID = Native.plain("getpwuid_r", BY_NUMBER);
    private static final MethodHandle GETGRNAM = Native.plain("getgrnam_r", BY_NAME);
    private static final MethodHandle GETGROUPLIST =
            Native.plain(
                    "getgrouplist",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS));

    private static final MethodHandle GETEUID =
            Native.plain("geteuid", FunctionDescriptor.of(JAVA_INT));

    private UserCalls() {}

    static int geteuid() {
        try {
            return (int) GETEUID.invokeExact();
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static int getpwnam(
            MemorySegment name, MemorySegment into, MemorySegment texts, MemorySegment found) {
        try {
            return (int) GETPWNAM.invokeExact(name, into, texts, texts.byteSize(), found);
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static int getpwuid(int uid, MemorySegment into, MemorySegment texts, MemorySegment found) {
        try {
            return (int) GETPWUID.invokeExact(uid, into, texts, texts.byteSize(), found);
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    static int getgrnam(
            MemorySegment name, MemorySegment into, MemorySegment texts, MemorySegment found) {
        try {
            return (int) GETGRNAM.invokeExact(name, into, texts, texts.byteSize(), found);
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }

    /// The number of groups, or -1 if there are more than `count` has room for.
    static int getgrouplist(
            MemorySegment user, int group, MemorySegment groups, MemorySegment count) {
        try {
            return (int) GETGROUPLIST.invokeExact(user, group, groups, count);
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }
}
