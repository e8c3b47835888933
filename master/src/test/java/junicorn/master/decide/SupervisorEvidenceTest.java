package junicorn.master.decide;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import junicorn.master.desk.RecentFailures;
import junicorn.master.loop.Event;
import junicorn.master.table.CrashReport;
import junicorn.master.table.PostMortem;
import junicorn.master.table.PostMortem.OomKill;
import junicorn.master.table.PostMortem.Request;
import junicorn.master.table.Verdict;
import junicorn.master.table.Verdict.Kind;
import junicorn.os.Exit;
import junicorn.os.Signal;
import junicorn.scoreboard.Slot;
import junicorn.scoreboard.WorkerState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SupervisorEvidenceTest {
    private static final Exit KILLED = new Exit.Killed(Signal.KILL.number(), false);

    private final SupervisorScene scene = SupervisorScene.of(2);

    @BeforeEach
    void serve() {
        scene.serving();
    }

    @Test
    void aKillIsTheOomKillersOnlyIfTheKernelSaysSo() {
        scene.decide(exit(0, KILLED, found(OomKill.YES)), ofSeconds(20));
        scene.decide(exit(1, KILLED, found(OomKill.NO)), ofSeconds(20));

        assertThat(kinds()).containsExactly(Kind.OOM_KILL, Kind.SIGNAL);
        assertThat(scene.kept().getLast().verdict().words())
                .startsWith("killed by SIGKILL from outside");
        assertThat(scene.said())
                .contains(
                        "worker 0 died signal=KILL pid=100 up=20s requests=7 busy=2"
                                + " request=\"GET /a?\\\"b HTTP/1.1\" age=3s heap=30m/96m"
                                + " cause=oom-kill, restarting");
    }

    @Test
    void aWorkerThatGoesAsAskedLeavesNoEvidence() {
        scene.decide(new Event.SignalReceived(Signal.TTOU), ofSeconds(1));
        scene.decide(exit(1, new Exit.Code(0), found(OomKill.UNKNOWN)), ofSeconds(2));
        scene.decide(exit(0, new Exit.Code(0), PostMortem.of(WorkerState.DRAINING)), ofSeconds(3));

        assertThat(scene.kept()).isEmpty();
    }

    @Test
    void anOutOfMemoryErrorIsToldThoughItsWorkerGoesInOrder() {
        scene.decide(new Event.WorkerTired(0, 100, Recycling.OUT_OF_MEMORY), ofSeconds(20));
        scene.come(2, ofSeconds(21));
        scene.decide(exit(0, new Exit.Code(0), found(OomKill.UNKNOWN)), ofSeconds(22));

        assertThat(kinds()).containsExactly(Kind.OUT_OF_MEMORY);
        assertThat(scene.said())
                .contains("worker 0 is recycled pid=100: java.lang.OutOfMemoryError")
                .last()
                .asString()
                .startsWith("worker 0 stopped code=0 pid=100 up=22s requests=7");
    }

    @Test
    void aWorkerThatMustBeKilledAtTheEndOfItsGraceLeavesEvidence() {
        scene.decide(new Event.SignalReceived(Signal.TTOU), ofSeconds(1));
        scene.tick(ofSeconds(32));
        scene.decide(exit(1, KILLED, found(OomKill.UNKNOWN)), ofSeconds(33));

        assertThat(kinds()).containsExactly(Kind.GRACEFUL_TIMEOUT);
    }

    @Test
    void aCrashTellsItsFrameAndAnExitItsCode() {
        var crash = new CrashReport(Path.of("/srv/hs_err_pid100.log"), "SIGSEGV in C [libfoo.so]");
        var found = found(OomKill.UNKNOWN).with(OomKill.UNKNOWN, Optional.of(crash));
        scene.decide(exit(0, new Exit.Killed(6, true), found), ofSeconds(20));
        scene.decide(exit(1, new Exit.Code(7), found(OomKill.UNKNOWN)), ofSeconds(20));

        assertThat(kinds()).containsExactly(Kind.CRASH, Kind.EXIT);
        assertThat(scene.kept().getFirst().verdict().words())
                .isEqualTo("the JVM crashed: SIGSEGV in C [libfoo.so]");
        assertThat(scene.kept().getLast().verdict().words()).endsWith("code 7");
    }

    @Test
    void aFailedStartIsToldByItsReasonAndKeepsItsException() {
        scene.decide(exit(0, KILLED, found(OomKill.NO)), ofSeconds(20));
        scene.start(0, ofSeconds(20));
        scene.decide(new Event.BootFailed(0, 100, "no database", "\tat A"), ofSeconds(21));
        scene.decide(exit(0, new Exit.Code(1), PostMortem.of(WorkerState.STARTING)), ofSeconds(22));

        var last = scene.kept().getLast();
        assertThat(last.verdict()).isEqualTo(new Verdict(Kind.BOOT_FAILED, "no database"));
        assertThat(last.dump()).contains("\tat A");
    }

    @Test
    void theLastTwentyAreKeptTheNewestFirst() {
        scene.decide(exit(0, KILLED, found(OomKill.YES)), ofSeconds(20));
        var ends = new RecentFailures();

        for (int i = 0; i < 25; i++) {
            ends.keep(scene.kept().getFirst(), 1_000 + i);
        }

        assertThat(ends.count()).isEqualTo(25);
        assertThat(ends.last()).hasSize(20);
        assertThat(ends.last().getFirst().number("number")).isEqualTo(25);
        assertThat(ends.last().getFirst().text("kind")).isEqualTo("oom-kill");
        assertThat(ends.last().getFirst().objects("running").getFirst().number("ageMillis"))
                .isEqualTo(3_000);
    }

    private List<Kind> kinds() {
        return scene.kept().stream().map(evidence -> evidence.verdict().kind()).toList();
    }

    private static Event exit(int slot, Exit exit, PostMortem found) {
        return new Event.WorkerExited(slot, 100 + slot, exit, found);
    }

    private static PostMortem found(OomKill oomKill) {
        return new PostMortem(
                WorkerState.READY,
                1,
                7,
                2,
                List.of(new Request("GET /a?\"b HTTP/1.1", Duration.ofSeconds(3))),
                new Slot.Heap(30 << 20, 20 << 20, 96 << 20),
                oomKill,
                Optional.empty());
    }
}
