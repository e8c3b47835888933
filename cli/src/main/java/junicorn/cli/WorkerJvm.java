package junicorn.cli;

import java.util.ArrayList;
import java.util.List;

/// The JVM options of a worker, beside those that the master cannot do without: what suits many
/// small
/// JVMs side by side, then the user's, which therefore win.
final class WorkerJvm {
    private static final List<String> ALWAYS =
            List.of(
                    "-XX:+UseCompactObjectHeaders",
                    "-XX:-UsePerfData", // a file in /tmp that is written all the time
                    "-XX:+ExitOnOutOfMemoryError"); // a worker is replaced more easily than

    // repaired

    private WorkerJvm() {}

    static List<String> options(MemoryPlan plan, JavaOptions user) {
        var options = new ArrayList<>(ALWAYS);
        if (!user.choosesCollector()) {
            options.add("-XX:+UseSerialGC");
        }
        plan.heapBytes().ifPresent(bytes -> options.add("-Xmx" + Units.show(bytes)));
        options.addAll(user.words());
        return List.copyOf(options);
    }
}
