package junicorn.cli;

import java.util.ArrayList;
import java.util.List;

/// The JVM options of a worker, beside those that the master cannot do without: what suits many
/// small JVMs side by side, then the user's, which therefore win.
final class WorkerJvm {
    private static final List<String> ALWAYS =
            List.of(
                    "-XX:+UseCompactObjectHeaders",
                    "-XX:-UsePerfData", // a file in /tmp that is written all the time
                    // a worker is replaced more easily than repaired
                    "-XX:+ExitOnOutOfMemoryError");

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
}
