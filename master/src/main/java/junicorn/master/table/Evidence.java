package junicorn.master.table;

import java.time.Duration;
import java.util.Optional;
import junicorn.master.control.Json;
import junicorn.scoreboard.Slot;

/// What is known of a worker that ended otherwise than it should have.
///
/// @param pid 0 if it was not even spawned
/// @param up from its spawn to its end
/// @param dump the threads of its JVM when it was condemned, or the exception it did not start with
public record Evidence(
        int slot,
        long generation,
        long pid,
        Duration up,
        Verdict verdict,
        String end,
        PostMortem found,
        Optional<String> dump) {

    /// For the control socket.
    ///
    /// @param epochMillis of its end
    /// @param withDump with what is long
    public Json json(long number, long epochMillis, boolean withDump) {
        var json =
                Json.object()
                        .put("number", number)
                        .put("atMillis", epochMillis)
                        .put("worker", slot)
                        .put("generation", generation)
                        .put("pid", pid)
                        .put("upMillis", up.toMillis())
                        .put("kind", verdict.kind().word())
                        .put("cause", verdict.words())
                        .put("end", end)
                        .put("requests", found.requests())
                        .put("busy", found.busy())
                        .put("running", found.running().stream().map(Evidence::json).toList());
        if (found.heap().max() > 0) {
            json.put("heap", json(found.heap()));
        }
        found.crash().ifPresent(crash -> json.put("crashReport", crash.file().toString()));
        return json.put("dump", dump.filter(_ -> withDump));
    }

    public static Json json(PostMortem.Request request) {
        return Json.object().put("line", request.line()).put("ageMillis", request.age().toMillis());
    }

    public static Json json(Slot.Heap heap) {
        return Json.object()
                .put("usedBytes", heap.used())
                .put("afterGcBytes", heap.afterGc())
                .put("maxBytes", heap.max());
    }
}
