package junicorn.cli.operator;

import java.util.List;
import junicorn.master.control.Json;

/// What `junicorn status` prints.
final class StatusPage {
    private static final int LINE_CHARS = 60;
    private static final int ENDS_SHOWN = 5;

    private StatusPage() {}

    static String text(Json status) {
        var page = new StringBuilder();
        page.append(
                "junicorn %s  pid %d  up %s  %s\n\n"
                        .formatted(
                                status.text("version"),
                                status.number("pid"),
                                Figures.time(status.number("upMillis")),
                                status.has("oldMaster")
                                        ? "%s, beside the old master %d"
                                                .formatted(
                                                        status.text("state"),
                                                        status.number("oldMaster"))
                                        : status.text("state")));
        head(status, page);
        page.append('\n').append(workers(status.objects("workers")));
        if (status.objects("workers").stream().anyMatch(worker -> worker.flag("leader"))) {
            page.append("  * the leader\n");
        }
        ends(status, page);
        return page.toString();
    }

    private static void head(Json status, StringBuilder page) {
        line(
                page,
                "application",
                "%s, worker class %s"
                        .formatted(status.text("application"), status.text("workerClass")));
        line(page, "listening", String.join(", ", status.texts("listeners")));
        line(page, "generation", generation(status));
        line(
                page,
                "workers",
                "%d of %d ready%s%s%s"
                        .formatted(
                                status.number("ready"),
                                status.number("wanted"),
                                some(status, "outgoing"),
                                some(status, "standby"),
                                status.number("busy") == 0
                                        ? ""
                                        : ", "
                                                + Figures.count(status.number("busy"), "request")
                                                + " running"));
        scaling(status.object("scaling"), page);
        line(
                page,
                "served",
                "%s, %s/s now"
                        .formatted(
                                Figures.count(status.number("requests"), "request"),
                                Figures.rate(status.real("requestsPerSecond"))));
    }

    private static String some(Json status, String what) {
        var number = status.number(what);
        return number == 0 ? "" : ", %d %s".formatted(number, what);
    }

    /// Nothing, where the number of workers does not follow the load.
    private static void scaling(Json scaling, StringBuilder page) {
        if (!scaling.has("rule") || scaling.text("rule").equals("fixed")) {
            return;
        }
        var times = scaling.number("timesAtMost");
        line(
                page,
                "scaling",
                "%s, from %d to %d workers; %s busy, %s waiting%s"
                        .formatted(
                                scaling.text("rule"),
                                scaling.number("least"),
                                scaling.number("most"),
                                Figures.rate(scaling.real("busy")),
                                Figures.count(scaling.number("waiting"), "client"),
                                times == 0
                                        ? ""
                                        : "; reached --max-workers %s, for %s"
                                                .formatted(
                                                        Figures.count(times, "time"),
                                                        Figures.time(
                                                                scaling.number("millisAtMost")))));
    }

    private static String generation(Json status) {
        var reload = status.object("reload");
        var number = String.valueOf(status.number("generation"));
        if (!reload.has("state")) {
            return number;
        }
        return "%s; %s".formatted(number, reload.text("words"));
    }

    private static void line(StringBuilder page, String name, String words) {
        page.append("  %-13s%s\n".formatted(name, words));
    }

    private static String workers(List<Json> workers) {
        var table =
                new Table(
                        ">worker",
                        ">pid",
                        ">gen",
                        "state",
                        ">up",
                        ">requests",
                        ">/s",
                        ">busy",
                        "heap",
                        ">memory",
                        "running");
        for (var worker : workers) {
            table.row(
                    worker.number("worker") + (worker.flag("leader") ? "*" : " "),
                    number(worker, "pid"),
                    number(worker, "generation"),
                    state(worker),
                    worker.has("upMillis") ? Figures.time(worker.number("upMillis")) : "",
                    worker.has("requests") ? Figures.count(worker.number("requests")) : "",
                    worker.has("requestsPerSecond")
                            ? Figures.rate(worker.real("requestsPerSecond"))
                            : "",
                    number(worker, "busy"),
                    Figures.heap(worker.object("heap")),
                    Figures.memory(worker.number("pssBytes")),
                    running(worker));
        }
        return table.text("  ");
    }

    private static String number(Json worker, String name) {
        return worker.has(name) ? String.valueOf(worker.number(name)) : "";
    }

    private static String state(Json worker) {
        return worker.has("restMillis")
                ? "restarts in " + Figures.time(worker.number("restMillis"))
                : worker.text("state");
    }

    /// The oldest request, for that is the one to worry about.
    private static String running(Json worker) {
        var running = worker.objects("running");
        if (running.isEmpty()) {
            return "";
        }
        var oldest = running.getFirst();
        var more = worker.number("busy") - 1;
        return "%s  %s%s"
                .formatted(
                        Figures.age(oldest.number("ageMillis")),
                        shortened(oldest.text("line")),
                        more > 0 ? "  (and " + more + " more)" : "");
    }

    private static String shortened(String line) {
        return line.length() <= LINE_CHARS ? line : line.substring(0, LINE_CHARS - 1) + "…";
    }

    private static void ends(Json status, StringBuilder page) {
        var count = status.number("endCount");
        if (count == 0) {
            return;
        }
        page.append(
                "\n  %s ended unexpectedly; junicorn why tells more\n"
                        .formatted(Figures.count(count, "worker")));
        var table = new Table(">#", "when", "worker", ">up", "cause");
        for (var end : status.objects("ends").stream().limit(ENDS_SHOWN).toList()) {
            table.row(
                    "#" + end.number("number"),
                    Figures.moment(end.number("atMillis")),
                    "worker " + end.number("worker"),
                    Figures.time(end.number("upMillis")),
                    end.text("cause"));
        }
        var text = table.text("  ");
        page.append(text.substring(text.indexOf('\n') + 1)); // the titles say nothing new
    }
}
