package junicorn.tidy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who may use whom. Lower layers only, and each foreign library in the one place that owns it.
final class Layers implements Rule {
    private static final Set<String> PROTOCOL =
            Set.of("junicorn.os", "junicorn.scoreboard", "junicorn.control", "junicorn.log");

    /// What the main sources of a package may use of ours, besides itself.
    private static final Map<String, Set<String>> ALLOWED =
            Map.ofEntries(
                    Map.entry("junicorn.instance", Set.of()),
                    Map.entry("junicorn.api", Set.of("junicorn.instance")),
                    Map.entry("junicorn.os", Set.of()),
                    Map.entry("junicorn.scoreboard", Set.of("junicorn.os")),
                    Map.entry("junicorn.control", Set.of("junicorn.os")),
                    Map.entry("junicorn.log", Set.of("junicorn.os")),
                    Map.entry("junicorn.master.control", Set.of("junicorn.os")),
                    Map.entry("junicorn.systemd", Set.of("junicorn.os")),
                    Map.entry("junicorn.scaling", Set.of()),
                    Map.entry("junicorn.hooks", Set.of("junicorn.os", "junicorn.api")),
                    Map.entry(
                            "junicorn.master.settings",
                            with(
                                    "junicorn.hooks",
                                    "junicorn.master.control",
                                    "junicorn.scaling",
                                    "junicorn.systemd")),
                    Map.entry(
                            "junicorn.master.table",
                            with("junicorn.master.control", "junicorn.master.settings")),
                    Map.entry(
                            "junicorn.master.loop",
                            with(
                                    "junicorn.master.control",
                                    "junicorn.master.settings",
                                    "junicorn.master.table")),
                    Map.entry(
                            "junicorn.master.listen",
                            with("junicorn.master.loop", "junicorn.master.settings")),
                    Map.entry(
                            "junicorn.master.decide",
                            with(
                                    "junicorn.master.loop",
                                    "junicorn.master.settings",
                                    "junicorn.master.table",
                                    "junicorn.scaling",
                                    "junicorn.systemd")),
                    Map.entry(
                            "junicorn.master.process",
                            with(
                                    "junicorn.master.listen",
                                    "junicorn.master.loop",
                                    "junicorn.master.settings",
                                    "junicorn.master.table",
                                    "junicorn.systemd")),
                    Map.entry(
                            "junicorn.master.upgrade",
                            with(
                                    "junicorn.master.decide",
                                    "junicorn.master.listen",
                                    "junicorn.master.loop",
                                    "junicorn.master.settings",
                                    "junicorn.systemd")),
                    Map.entry(
                            "junicorn.master.desk",
                            with(
                                    "junicorn.master.control",
                                    "junicorn.master.decide",
                                    "junicorn.master.listen",
                                    "junicorn.master.loop",
                                    "junicorn.master.settings",
                                    "junicorn.master.table",
                                    "junicorn.systemd")),
                    Map.entry(
                            "junicorn.master",
                            with(
                                    "junicorn.api",
                                    "junicorn.hooks",
                                    "junicorn.master.control",
                                    "junicorn.master.decide",
                                    "junicorn.master.desk",
                                    "junicorn.master.listen",
                                    "junicorn.master.loop",
                                    "junicorn.master.process",
                                    "junicorn.master.settings",
                                    "junicorn.master.table",
                                    "junicorn.master.upgrade",
                                    "junicorn.systemd")),
                    Map.entry("junicorn.worker.poll", PROTOCOL),
                    Map.entry("junicorn.worker.path", Set.of()),
                    Map.entry(
                            "junicorn.worker.http.message",
                            with("junicorn.worker.path", "junicorn.worker.poll")),
                    Map.entry(
                            "junicorn.worker.http",
                            with(
                                    "junicorn.worker.http.message",
                                    "junicorn.worker.path",
                                    "junicorn.worker.poll")),
                    Map.entry("junicorn.worker.log", PROTOCOL),
                    Map.entry(
                            "junicorn.worker.app",
                            with("junicorn.worker.log", "junicorn.worker.path", "junicorn.api")),
                    Map.entry(
                            "junicorn.worker",
                            with(
                                    "junicorn.api",
                                    "junicorn.instance",
                                    "junicorn.worker.poll",
                                    "junicorn.worker.http",
                                    "junicorn.worker.http.message",
                                    "junicorn.worker.app",
                                    "junicorn.worker.custom",
                                    "junicorn.worker.hook",
                                    "junicorn.worker.log")),
                    Map.entry("junicorn.worker.hook", with("junicorn.api", "junicorn.worker.http")),
                    Map.entry("junicorn.worker.custom", with("junicorn.api")),
                    Map.entry("junicorn.vertx", Set.of("junicorn.api")),
                    Map.entry(
                            "junicorn.cli.settings",
                            with(
                                    "junicorn.api",
                                    "junicorn.hooks",
                                    "junicorn.master.settings",
                                    "junicorn.systemd")),
                    Map.entry("junicorn.cli.line", with("junicorn.cli.settings")),
                    Map.entry(
                            "junicorn.cli.operator",
                            with(
                                    "junicorn.cli.line",
                                    "junicorn.cli.settings",
                                    "junicorn.master.control",
                                    "junicorn.master.settings")),
                    Map.entry(
                            "junicorn.cli.plan",
                            with(
                                    "junicorn.cli.line",
                                    "junicorn.cli.operator",
                                    "junicorn.cli.settings",
                                    "junicorn.master.settings",
                                    "junicorn.scaling",
                                    "junicorn.systemd")),
                    Map.entry(
                            "junicorn.cli",
                            with(
                                    "junicorn.cli.line",
                                    "junicorn.cli.operator",
                                    "junicorn.cli.plan",
                                    "junicorn.cli.settings",
                                    "junicorn.master",
                                    "junicorn.master.settings")),
                    Map.entry("junicorn.bench", with("junicorn.api")));

    /// Foreign names and the packages (with those below them) that may say them in main sources.
    private static final Map<String, Set<String>> OWNED =
            Map.ofEntries(
                    Map.entry("java.lang.foreign.Linker", Set.of("junicorn.os")),
                    Map.entry("java.lang.foreign.SymbolLookup", Set.of("junicorn.os")),
                    Map.entry("sun.misc", Set.of("junicorn.os")),
                    Map.entry("org.eclipse.jetty", Set.of("junicorn.worker", "junicorn.bench")),
                    Map.entry("jakarta", Set.of("junicorn.worker", "junicorn.bench")),
                    Map.entry("org.slf4j", Set.of("junicorn.worker.log", "junicorn.worker.app")),
                    Map.entry("picocli", Set.of("junicorn.cli")),
                    Map.entry("com.fasterxml.jackson", Set.of("junicorn.master.control")),
                    Map.entry("org.tomlj", Set.of("junicorn.cli")),
                    Map.entry("io.vertx", Set.of("junicorn.vertx", "junicorn.bench")),
                    Map.entry("io.netty", Set.of("junicorn.vertx", "junicorn.bench")),
                    Map.entry("java.net.http", Set.of("junicorn.bench")),
                    Map.entry("ProcessBuilder", Set.of("junicorn.bench")));

    @Override
    public List<Violation> violations(Snapshot snapshot) {
        var violations = new ArrayList<Violation>();
        snapshot.javaFiles().stream()
                .filter(file -> file.packageName().startsWith("junicorn."))
                .forEach(file -> check(file, violations));
        return violations;
    }

    private static void check(JavaFile file, List<Violation> violations) {
        for (var said : Names.in(file).said()) {
            if (said.name().endsWith(".*")) {
                violations.add(file.violation(said.where(), "import of all: " + said.name()));
            }
            if (!file.file().isTest()) {
                forbidden(file.packageName(), said.name())
                        .map(what -> file.violation(said.where(), what))
                        .ifPresent(violations::add);
            }
        }
    }

    private static Optional<String> forbidden(String from, String name) {
        var to = ourPackage(name);
        if (to.isPresent() && !to.get().equals(from)) {
            var allowed = ALLOWED.get(from);
            if (allowed == null) {
                return Optional.of(from + " has no entry in " + Layers.class.getSimpleName());
            }
            if (!allowed.contains(to.get())) {
                return Optional.of(from + " must not use " + to.get());
            }
        }
        return OWNED.entrySet().stream()
                .filter(owned -> isIn(name, owned.getKey()))
                .filter(owned -> owned.getValue().stream().noneMatch(owner -> isIn(from, owner)))
                .map(owned -> from + " must not use " + owned.getKey())
                .findFirst();
    }

    /// `junicorn.os` of `junicorn.os.Errno.EINTR`; nothing for names that are not ours or too
    /// short.
    private static Optional<String> ourPackage(String name) {
        if (!name.startsWith("junicorn.")) {
            return Optional.empty();
        }
        var capital = 0;
        while (capital < name.length() && !Character.isUpperCase(name.charAt(capital))) {
            capital++;
        }
        return capital == name.length()
                ? Optional.empty()
                : Optional.of(name.substring(0, Math.max(0, capital - 1)));
    }

    private static boolean isIn(String name, String prefix) {
        return name.equals(prefix) || name.startsWith(prefix + ".");
    }

    private static Set<String> with(String... more) {
        var all = new HashSet<>(PROTOCOL);
        all.addAll(Set.of(more));
        return Set.copyOf(all);
    }
}
