package junicorn.os;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.function.Consumer;

/// Binds C functions of glibc; knows none of them.
///
/// Linking is what a call costs at the start (the first one many milliseconds), so every concern
/// has a class of its own for its handles: a process links what it uses. Calls of one shape share
/// their code.
///
/// A *quick* call is [Linker.Option#critical]: it skips the thread's change of state, and so holds
/// up the garbage collector while it runs. Only for calls that cannot block, and never for more
/// than 64 KiB.
@SuppressWarnings("restricted") // the one place where C functions are bound
final class Native {
    private static final Linker LINKER = linker();
    private static final SymbolLookup SYMBOLS = LINKER.defaultLookup();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final Linker.Option QUICK = Linker.Option.critical(false);

    private Native() {}

    /// A call that may block and that reports through errno.
    static MethodHandle withErrno(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(symbol(name), type, ERRNO);
    }

    /// The same for a C function `f(a, b, ...)`, whose arguments from number `fixed` on are
    /// variadic.
    static MethodHandle withErrnoVariadic(String name, int fixed, FunctionDescriptor type) {
        return LINKER.downcallHandle(
                symbol(name), type, ERRNO, Linker.Option.firstVariadicArg(fixed));
    }

    /// A call that cannot block and that reports through errno.
    static MethodHandle quickWithErrno(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(symbol(name), type, ERRNO, QUICK);
    }

    /// A call that cannot block and whose errno is of no interest.
    static MethodHandle quick(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(symbol(name), type, QUICK);
    }

    /// A call that may take its time and does not set errno.
    static MethodHandle plain(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(symbol(name), type);
    }

    private static MemorySegment symbol(String name) {
        return SYMBOLS.find(name)
                .orElseThrow(
                        () ->
                                new UnsupportedOperationException(
                                        "this C library has no %s: glibc 2.34 or newer is needed"
                                                .formatted(name)));
    }

    /// The value of a pointer variable of glibc.
    static MemorySegment pointer(String name) {
        return symbol(name).reinterpret(ADDRESS.byteSize()).get(ADDRESS, 0);
    }

    /// Memory that C gave us, until `arena` is closed; `release` gives it back then.
    static MemorySegment memory(
            long address, long bytes, Arena arena, Consumer<MemorySegment> release) {
        return MemorySegment.ofAddress(address).reinterpret(bytes, arena, release);
    }

    /// A text of C's, up to its NUL.
    static String text(MemorySegment pointer, long bytesMax) {
        return pointer.reinterpret(bytesMax).getString(0);
    }

    /// For the `catch` around `invokeExact`: what the linker itself throws (a dead or a confined
    /// segment) goes to the caller, anything else cannot be.
    static RuntimeException unexpected(Throwable thrown) {
        return switch (thrown) {
            case RuntimeException bug -> bug;
            case Error error -> throw error;
            default -> throw new AssertionError("C threw an exception", thrown);
        };
    }

    private static Linker linker() {
        var _ = Platform.current(); // throws where our layouts and numbers do not hold
        return Linker.nativeLinker();
    }
}
