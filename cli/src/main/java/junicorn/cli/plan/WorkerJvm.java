package junicorn.cli.plan;

import java.util.ArrayList;
import java.util.List;
import junicorn.cli.settings.Units;
import junicorn.cli.settings.WorkerClass;

/// The JVM options of a worker, beside those that the master cannot do without: what suits many
/// small JVMs side by side, then the user's, which therefore win.
final class WorkerJvm {
    /// Whatever thread runs out of memory, the master is told, and replaces the worker: it may
    /// work, but nobody knows what is broken in it. The JVM has a shell say so, for Java code might
    /// lack the memory: descriptor 3 is the control channel, and this is [Message.Recycle] on the
    /// wire. See docs/operating/recycling.md.
    private static final String TELL_OUT_OF_MEMORY =
            "-XX:OnOutOfMemoryError=printf 'Xreason=java.lang.OutOfMemoryError\\n' >&3";

    private static final List<String> ALWAYS =
            List.of(
                    "-XX:+UseCompactObjectHeaders",
                    "-XX:-UsePerfData", // a file in /tmp that is written all the time
                    TELL_OUT_OF_MEMORY);

    /// A worker class that is not built upon our poll gets the listeners as the JDK's channels,
    /// which no interface of the JDK gives.
    private static final String ADOPTS = "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED";

    /// Netty shall do without native code, which this worker may not load, and without
    /// sun.misc.Unsafe, of which the JDK warns.
    private static final List<String> NETTY =
            List.of("-Dio.netty.transport.noNative=true", "-Dio.netty.noUnsafe=true");

    /// The heap begins small and grows with what the application keeps. A JVM would begin with 1/64
    /// of the machine's memory and fill most of that with garbage before it first collects: 170 MiB
    /// a worker under load instead of 100 (docs/operating/deploying.md), at the same speed.
    private static final String FIRST_HEAP = "-Xms" + Units.show(MemoryPlan.HEAP_LEAST_BYTES);

    private WorkerJvm() {}

    static List<String> options(MemoryPlan plan, JavaOptions user) {
        var options = new ArrayList<>(ALWAYS);
        if (!user.choosesCollector()) {
            options.add("-XX:+UseSerialGC");
        }
        long heapBytes = plan.heapBytes().or(user::heapBytes).orElse(0L);
        if (!user.choosesFirstHeap() && heapBytes >= MemoryPlan.HEAP_LEAST_BYTES) {
            options.add(FIRST_HEAP);
        }
        plan.heapBytes().ifPresent(bytes -> options.add("-Xmx" + Units.show(bytes)));
        options.addAll(user.words());
        return List.copyOf(options);
    }

    /// What the worker class needs beside those.
    static List<String> options(WorkerClass workerClass) {
        var options = new ArrayList<String>();
        if (workerClass.isCustom() || workerClass.is("vertx")) {
            options.add(ADOPTS);
        }
        if (workerClass.is("vertx")) {
            options.addAll(NETTY);
        }
        return List.copyOf(options);
    }
}
