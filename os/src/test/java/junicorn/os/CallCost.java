package junicorn.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;

/// What one C call costs, in ns. No test: run its `main`; `./build bench` does.
///
/// abs(3) is C without the kernel, and so what the way from Java to C costs: quick, plain, with
/// errno. getppid(2) is the kernel with nothing to do. The others are those that serve requests.
final class CallCost {
    private static final FunctionDescriptor INT_TO_INT = FunctionDescriptor.of(JAVA_INT, JAVA_INT);
    private static final FunctionDescriptor TO_INT = FunctionDescriptor.of(JAVA_INT);
    private static final MethodHandle ABS_QUICK = Native.quick("abs", INT_TO_INT);
    private static final MethodHandle ABS_PLAIN = Native.plain("abs", INT_TO_INT);
    private static final MethodHandle ABS_QUICK_ERRNO = Native.quickWithErrno("abs", INT_TO_INT);
    private static final MethodHandle ABS_PLAIN_ERRNO = Native.withErrno("abs", INT_TO_INT);
    private static final MethodHandle GETPPID_QUICK = Native.quick("getppid", TO_INT);
    private static final MethodHandle GETPPID_PLAIN = Native.plain("getppid", TO_INT);

    private static final int ROUNDS = 9;
    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Errno errno = Errno.allocate();
    private final MemorySegment memory = Arena.ofAuto().allocate(1024);
    private final Epoll.Events events = new Epoll.Events(16);
    private final Epoll epoll = new Epoll();
    private final int[] pair = Sockets.pair();
    private int sum; // printed, or the compiler might leave the calls out

    private CallCost() {}

    public static void main(String[] arguments) {
        new CallCost().measure();
    }

    private void measure() {
        epoll.add(errno, pair[0], Epoll.IN | Epoll.ONESHOT, 1);
        print("nothing: the loop itself", times -> loop(times, i -> i + 1));
        print("abs quick", this::absQuick);
        print("abs quick, errno", this::absQuickErrno);
        print("abs plain", this::absPlain);
        print("abs plain, errno", this::absPlainErrno);
        print("getppid quick", this::getppidQuick);
        print("getppid plain", this::getppidPlain);
        print(
                "recv: EAGAIN",
                times -> repeat(times, () -> Sockets.recv(errno, pair[0], memory, 512)));
        print("send and recv, 512 bytes", times -> repeat(times, this::sendAndReceive));
        print("epoll_ctl: MOD", times -> repeat(times, () -> epoll.modify(errno, pair[0], 0, 1)));
        print(
                "epoll_ctl: MOD, own errno",
                times -> repeat(times, () -> epoll.modify(pair[0], 0, 1)));
        print("epoll_wait(0): none", times -> repeat(times, () -> epoll.await(events, 16, 0)));
        System.out.printf("(sum of all answers: %d)%n", sum);
    }

    private void print(String call, IntUnaryOperator repeated) {
        System.out.printf("%-26s %7.1f ns%n", call, medianNanos(repeated));
    }

    /// Of rounds of 100 ms, after as many for the compiler.
    private double medianNanos(IntUnaryOperator repeated) {
        int times = 1000;
        for (long took = 0; took < ROUND_NANOS; times = Math.min(times * 2, 1 << 28)) {
            took = nanos(repeated, times);
        }
        var nanos = new double[ROUNDS];
        for (int i = 0; i < 2 * ROUNDS; i++) {
            nanos[i % ROUNDS] = (double) nanos(repeated, times) / times;
        }
        Arrays.sort(nanos);
        return nanos[ROUNDS / 2];
    }

    private long nanos(IntUnaryOperator repeated, int times) {
        long start = System.nanoTime();
        sum += repeated.applyAsInt(times);
        return System.nanoTime() - start;
    }

    private static int repeat(int times, IntSupplier call) {
        int sum = 0;
        for (int i = 0; i < times; i++) {
            sum += call.getAsInt();
        }
        return sum;
    }

    private int sendAndReceive() {
        return Sockets.send(errno, pair[1], memory, 512)
                + Sockets.recv(errno, pair[0], memory, 512);
    }

    private int absQuick(int times) {
        return loop(times, i -> (int) ABS_QUICK.invokeExact(i));
    }

    private int absPlain(int times) {
        return loop(times, i -> (int) ABS_PLAIN.invokeExact(i));
    }

    private int absQuickErrno(int times) {
        var state = errno.segment();
        return loop(times, i -> (int) ABS_QUICK_ERRNO.invokeExact(state, i));
    }

    private int absPlainErrno(int times) {
        var state = errno.segment();
        return loop(times, i -> (int) ABS_PLAIN_ERRNO.invokeExact(state, i));
    }

    private int getppidQuick(int times) {
        return loop(times, _ -> (int) GETPPID_QUICK.invokeExact());
    }

    private int getppidPlain(int times) {
        return loop(times, _ -> (int) GETPPID_PLAIN.invokeExact());
    }

    private interface Call {
        int on(int argument) throws Throwable;
    }

    private static int loop(int times, Call call) {
        try {
            int sum = 0;
            for (int i = 0; i < times; i++) {
                sum += call.on(i);
            }
            return sum;
        } catch (Throwable thrown) {
            throw Native.unexpected(thrown);
        }
    }
}
