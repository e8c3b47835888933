package junicorn.master.desk;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import junicorn.master.control.Json;
import junicorn.master.decide.Census;
import junicorn.master.decide.ScaleView;
import junicorn.master.settings.Identity;
import junicorn.master.settings.Served;
import junicorn.master.table.Evidence;
import junicorn.master.table.Memory;
import junicorn.master.table.PostMortem;
import junicorn.scoreboard.Scoreboard;
import junicorn.scoreboard.Slot;

/// Answers `status`: taken together in the loop, except for the memory of the workers, for which
/// the kernel takes milliseconds each.
final class StatusReport {
    private static final Path ROOT = Path.of("/");

    private final Json json;
    private final List<Json> workers = new ArrayList<>();

    StatusReport(Identity identity, Served served, String state, Duration up) {
        json =
                Json.object()
                        .put("version", identity.version())
                        .put("pid", identity.pid())
                        .put("state", state)
                        .put("upMillis", up.toMillis())
                        .put("application", served.application())
                        .put("workerClass", served.workerClass())
                        .put("listeners", served.listeners());
    }

    /// @param reload the last one; empty if there was none
    /// @param oldMaster the master that this one is to replace
    StatusReport put(Optional<Json> reload, Optional<Long> oldMaster) {
        json.put("reload", reload).put("oldMaster", oldMaster);
        return this;
    }

    /// How the number of workers comes about.
    StatusReport put(ScaleView scale) {
        json.put(
                "scaling",
                Json.object()
                        .put("rule", scale.rule())
                        .put("least", scale.least())
                        .put("most", scale.most())
                        .put("busy", rounded(scale.load().busy()))
                        .put("waiting", scale.load().waiting())
                        .put("timesAtMost", scale.timesAtMost())
                        .put("millisAtMost", scale.timeAtMost().toMillis()));
        return this;
    }

    /// @param servedByTheGone requests of workers that are no more
    StatusReport put(
            Census census, Scoreboard board, Rates rates, Duration now, long servedByTheGone) {
        var requests = servedByTheGone;
        var busy = 0L;
        var rate = 0.0;
        for (var resident : census.residents()) {
            var worker = worker(resident, board.slot(resident.slot()), rates, now);
            requests += worker.number("requests");
            busy += worker.number("busy");
            rate += worker.real("requestsPerSecond");
            workers.add(worker);
        }
        json.put("generation", census.generation())
                .put("wanted", census.wanted())
                .put("ready", census.ready())
                .put("outgoing", census.with("outgoing"))
                .put("standby", census.with("standby"))
                .put("busy", busy)
                .put("requests", requests)
                .put("requestsPerSecond", rounded(rate));
        return this;
    }

    private static Json worker(Census.Resident resident, Slot row, Rates rates, Duration now) {
        var worker = Json.object().put("worker", resident.slot()).put("state", resident.state());
        if (resident.pid() == 0) {
            return worker.put("restMillis", resident.rest().map(Duration::toMillis));
        }
        var view = row.view();
        worker.put("pid", resident.pid())
                .put("generation", view.generation())
                .put("leader", resident.leader())
                .put("upMillis", resident.up().toMillis())
                .put("requests", view.requests())
                .put("requestsPerSecond", rounded(rates.of(resident.pid(), view.requests(), now)))
                .put("busy", view.busy())
                .put(
                        "running",
                        PostMortem.running(row, System.currentTimeMillis()).stream()
                                .map(Evidence::json)
                                .toList());
        if (row.heap().max() > 0) {
            worker.put("heap", Evidence.json(row.heap()));
        }
        return worker;
    }

    private static double rounded(double rate) {
        return Math.round(rate * 100) / 100.0;
    }

    /// The dumps are long: `why` has them.
    StatusReport put(RecentFailures ends) {
        json.put("endCount", ends.count()).put("ends", ends.withoutDumps());
        return this;
    }

    /// On a thread that may take its time.
    Json weighed() {
        for (var worker : workers) {
            if (worker.has("pid")) {
                worker.put("pssBytes", Memory.pss(ROOT, worker.number("pid")));
            }
        }
        return json.put("workers", workers);
    }
}
