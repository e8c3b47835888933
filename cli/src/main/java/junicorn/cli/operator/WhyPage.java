package junicorn.cli.operator;

import java.util.Optional;
import junicorn.master.control.Json;

/// What `junicorn why` prints: the evidence of workers that ended unexpectedly, the newest first.
final class WhyPage {
    private WhyPage() {}

    /// All that are kept, without their threads.
    static String text(Json why, long nowMillis) {
        var ends = why.objects("ends");
        if (ends.isEmpty()) {
            return "No worker has ended unexpectedly since the server started.\n";
        }
        var count = why.number("count");
        var page = new StringBuilder(Figures.count(count, "worker"));
        page.append(" ended unexpectedly since the server started");
        page.append(count > ends.size() ? "; the last " + ends.size() + ":\n" : ".\n");
        for (var end : ends) {
            page.append('\n').append(record(end, nowMillis, false));
        }
        return page.toString();
    }

    /// Empty if it is not known, or no more.
    static Optional<Json> find(Json why, int number) {
        return why.objects("ends").stream()
                .filter(end -> end.number("number") == number)
                .findFirst();
    }

    /// Which there are instead.
    static String missing(Json why, int number) {
        var ends = why.objects("ends");
        return ends.isEmpty()
                ? "no worker has ended unexpectedly since the server started"
                : "there is no #%d, there are #%d to #%d"
                        .formatted(
                                number,
                                ends.getLast().number("number"),
                                ends.getFirst().number("number"));
    }

    /// With its threads.
    static String one(Json end, long nowMillis) {
        return record(end, nowMillis, true);
    }

    private static String record(Json end, long nowMillis, boolean whole) {
        var text = new StringBuilder();
        text.append(
                "#%d  %s (%s ago)  worker %d%s\n"
                        .formatted(
                                end.number("number"),
                                Figures.moment(end.number("atMillis")),
                                Figures.time(Math.max(0, nowMillis - end.number("atMillis"))),
                                end.number("worker"),
                                end.number("pid") == 0
                                        ? ""
                                        : "  pid %d  generation %d  up %s"
                                                .formatted(
                                                        end.number("pid"),
                                                        end.number("generation"),
                                                        Figures.time(end.number("upMillis")))));
        line(text, "cause", end.text("cause"));
        line(text, "end", end.text("end"));
        line(text, "served", Figures.count(end.number("requests"), "request"));
        running(text, end);
        heap(text, end.object("heap"));
        line(text, "report", end.text("crashReport"));
        dump(text, end, whole);
        return text.toString();
    }

    private static void running(StringBuilder text, Json end) {
        var running = end.objects("running");
        var name = "running";
        for (var request : running) {
            line(
                    text,
                    name,
                    "%7s  %s"
                            .formatted(
                                    Figures.age(request.number("ageMillis")),
                                    request.text("line")));
            name = "";
        }
        var more = end.number("busy") - running.size();
        if (more > 0) {
            line(
                    text,
                    name,
                    running.isEmpty()
                            ? Figures.count(more, "request")
                            : "and %d more".formatted(more));
        }
    }

    private static void heap(StringBuilder text, Json heap) {
        if (heap.has("maxBytes")) {
            var after = heap.number("afterGcBytes");
            line(
                    text,
                    "heap",
                    Figures.heap(heap)
                            + (after == 0
                                    ? ""
                                    : ", %s after the last collection"
                                            .formatted(Figures.memory(after))));
        }
    }

    private static void dump(StringBuilder text, Json end, boolean whole) {
        var dump = end.text("dump");
        if (dump.isBlank()) {
            return;
        }
        if (!whole) {
            line(
                    text,
                    "more",
                    "junicorn why %d shows what it was doing".formatted(end.number("number")));
            return;
        }
        text.append('\n');
        for (var each : dump.lines().toList()) {
            text.append("    ").append(each).append('\n');
        }
    }

    private static void line(StringBuilder text, String name, String words) {
        if (!words.isBlank()) {
            text.append("    %-9s%s\n".formatted(name, words));
        }
    }
}
