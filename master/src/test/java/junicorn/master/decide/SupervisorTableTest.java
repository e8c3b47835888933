package junicorn.master.decide;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import junicorn.master.decide.SupervisorTableTest.Moment.Happening;
import junicorn.master.loop.Action;
import junicorn.master.loop.Event;
import junicorn.master.settings.Renewal;
import junicorn.master.table.Pulse;
import junicorn.os.Exit;
import junicorn.os.Signal;
import org.junit.jupiter.api.Test;

/// What becomes of one worker, in each of its states, whatever happens: asked of the supervisor
/// itself, and kept as `docs/reference/supervisor.md`. `./build fix` writes that page.
final class SupervisorTableTest {
    private static final Path PAGE = Path.of("../docs/reference/supervisor.md");
    private static final Duration NOW = ofSeconds(60);

    /// The worker that all is about; its pid is 100. Another one serves in slot 1.
    private static final int IT = 0;

    private enum State {
        STARTING("`starting`", "its process runs, its application does not yet", ZERO),
        YOUNG("`ready`, since 1 s", "it serves", ofSeconds(1)),
        READY("`ready`, since 60 s", "it serves, and has shown that it can", NOW),
        STANDBY("`standby`", "it could serve, and waits for a place (`--standby`)", NOW),
        OUTGOING("`outgoing`", "it serves until its successor is ready", NOW),
        DRAINING("`draining`", "it has been told to stop", NOW),
        FAILING("`failing`", "it is about to be killed", NOW);

        private final String name;
        private final String meaning;
        private final Duration now;

        State(String name, String meaning, Duration now) {
            this.name = name;
            this.meaning = meaning;
            this.now = now;
        }

        /// A master with two workers wanted, one of them in this state.
        Moment begin() {
            var moment = new Moment(this == STANDBY ? new Renewal(1, 1, ZERO, 0) : Renewal.USUAL);
            moment.scene.decide(new Event.Started(), ZERO);
            moment.scene.come(1, ZERO);
            moment.scene.start(IT, ZERO);
            moment.now = now;
            switch (this) {
                case STARTING -> {}
                case YOUNG, READY -> moment.ready();
                case STANDBY -> moment.parked();
                case OUTGOING -> moment.outgoing();
                case DRAINING -> moment.draining();
                case FAILING -> moment.failing();
            }
            moment.forget();
            return moment;
        }
    }

    /// A state, and what is done from now on.
    static final class Moment {
        private final SupervisorScene scene;
        private final List<Action> done = new ArrayList<>();
        private Duration now = ZERO;
        private int slot = IT;

        record Happening(String name, Consumer<Moment> happens) {}

        Moment(Renewal renewal) {
            scene = SupervisorScene.of(renewal);
        }

        void ready() {
            scene.ready(slot, ZERO);
        }

        /// Those in slots 0 and 1 serve, the one in slot 2 is the standby.
        void parked() {
            ready();
            scene.tick(ofSeconds(1));
            slot = 2;
            scene.start(slot, ofSeconds(1));
            scene.ready(slot, ofSeconds(2));
        }

        void outgoing() {
            ready();
            scene.unfit(slot, now);
            scene.start(2, now);
        }

        void draining() {
            outgoing();
            scene.ready(2, now);
        }

        void failing() {
            ready();
            scene.pulse(slot, new Pulse(1, 0, ZERO));
            for (int i = 1; done.isEmpty(); i++) {
                done.addAll(scene.tick(now.plusSeconds(i)));
                assertThat(i).isLessThan(100);
            }
            now = now.plusSeconds(32);
        }

        void forget() {
            done.clear();
            scene.said().clear();
        }

        void hears(Event event) {
            done.addAll(scene.decide(event, now));
        }

        void exits(Exit exit) {
            done.addAll(scene.exit(slot, 100 + slot, exit, now));
        }

        void passes(int seconds) {
            for (int i = 1; i <= seconds; i++) {
                done.addAll(scene.tick(now.plusSeconds(i)));
            }
        }

        void standsStill() {
            scene.pulse(slot, new Pulse(1, 0, ZERO));
            passes(36);
        }

        String row(String what) {
            var actions = done.stream().map(this::words).distinct().toList();
            var lines = scene.said().stream().map("`%s`"::formatted).toList();
            return "| %s | %s | %s |\n"
                    .formatted(
                            what,
                            actions.isEmpty() ? "nothing" : String.join(", ", actions),
                            String.join("<br>", lines));
        }

        private String words(Action action) {
            return switch (action) {
                case Action.Spawn(int where, _, boolean parked) ->
                        "start %s in %s".formatted(parked ? "a standby" : "a worker", place(where));
                case Action.Send(int to, Signal signal) ->
                        "%s to %s".formatted(signal, to == slot ? "it" : "slot " + to);
                case Action.Serve(int who) ->
                        "%s serves".formatted(who == slot ? "it" : "slot " + who);
                default -> "`%s`".formatted(action.getClass().getSimpleName());
            };
        }

        private String place(int where) {
            return where == slot ? "its slot" : "slot " + where;
        }
    }

    private static final List<Happening> HAPPENINGS =
            List.of(
                    new Happening(
                            "is ready",
                            it -> it.hears(new Event.WorkerReady(it.slot, 100 + it.slot, 480))),
                    new Happening(
                            "says that its application does not start",
                            it ->
                                    it.hears(
                                            new Event.BootFailed(
                                                    it.slot, 100 + it.slot, "no database", ""))),
                    new Happening("exits, code 0", it -> it.exits(new Exit.Code(0))),
                    new Happening("exits, code 3", it -> it.exits(new Exit.Code(3))),
                    new Happening("is killed (KILL)", it -> it.exits(SupervisorScene.KILLED)),
                    new Happening("crashes (SEGV)", it -> it.exits(SupervisorScene.CRASH)),
                    new Happening(
                            "says that it is unfit",
                            it -> it.hears(new Event.WorkerUnfit(it.slot, 100 + it.slot, "why"))),
                    new Happening(
                            "has reached a limit of its own",
                            it -> it.hears(new Event.WorkerTired(it.slot, 100 + it.slot, "why"))),
                    new Happening("shows no progress for 36 s", Moment::standsStill),
                    new Happening("goes on for 130 s", it -> it.passes(130)));

    private static String page() {
        var page =
                new StringBuilder(
                        """
                        # What the supervisor decides

                        <!-- Written by ./build fix: SupervisorTableTest asks the supervisor. -->

                        Two workers are wanted. One serves in slot 1, the other is in slot 0 (a standby: in slot 2), in one of the states that
                        `junicorn status` shows. `--timeout 30`, `--boot-timeout 120`, `--graceful-timeout 30`; a start uses all that it can get of a core.
                        """);
        for (var state : State.values()) {
            page.append("\n## %s: %s\n\n".formatted(state.name, state.meaning));
            page.append("| the worker | what is done | what the log says |\n|---|---|---|\n");
            for (var happening : HAPPENINGS) {
                var moment = state.begin();
                happening.happens().accept(moment);
                page.append(moment.row(happening.name()));
            }
        }
        return page.toString();
    }

    @Test
    void thePageIsWhatTheSupervisorDecides() throws IOException {
        var page = page();
        if (Boolean.getBoolean("junicorn.write")) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
                .as("%s is stale: run ./build fix", PAGE)
                .isEqualTo(page);
    }
}
