package junicorn.scoreboard;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import junicorn.scoreboard.RunningRequests.Running;
import org.junit.jupiter.api.Test;

class ScoreboardTest {
    private final MemorySegment memory =
            Arena.ofAuto().allocate(Scoreboard.HEADER_BYTES + 2 * Scoreboard.ROW_BYTES, Long.BYTES);

    @Test
    void aNewTableHasOnlyFreeSlots() {
        var scoreboard = table();

        assertThat(scoreboard.slots()).isEqualTo(2);
        assertThat(scoreboard.slot(1).view())
                .isEqualTo(new Slot.View(0, 0, 0, WorkerState.FREE, 0, 0, 0, 0));
    }

    @Test
    void aSlotTellsWhatMasterAndWorkerWrote() {
        var slot = table().slot(1);

        slot.occupy(4711, 3, 1_000);
        slot.state(WorkerState.READY);
        slot.beat();
        slot.requestBegan(2_000);
        slot.requestEnded();
        slot.requestBegan(3_000);

        assertThat(slot.view())
                .isEqualTo(new Slot.View(4711, 3, 1_000, WorkerState.READY, 1, 1, 1, 3_000));
        assertThat(table().slot(0).view().pid()).isZero();
    }

    @Test
    void aVacatedSlotKeepsNothingForTheNext() {
        var slot = table().slot(0);
        slot.occupy(4711, 3, 1_000);
        slot.state(WorkerState.DRAINING);
        slot.requestBegan(2_000);

        slot.vacate();

        assertThat(slot.view()).isEqualTo(new Slot.View(0, 0, 0, WorkerState.FREE, 0, 0, 0, 0));
    }

    @Test
    void anOddStateReadsAsUnknownAndAnOddBusyCountAsZero() {
        var scoreboard = table();
        memory.set(JAVA_LONG, Scoreboard.HEADER_BYTES + 24, 99);
        memory.set(JAVA_LONG, Scoreboard.HEADER_BYTES + 48, -7);

        var view = scoreboard.slot(0).view();

        assertThat(view.state()).isEqualTo(WorkerState.UNKNOWN);
        assertThat(view.busy()).isZero();
    }

    @Test
    void everyStateIsReadBackAsItself() {
        var slot = table().slot(0);

        for (var state : WorkerState.values()) {
            if (state != WorkerState.UNKNOWN) {
                slot.state(state);
                assertThat(slot.view().state()).isEqualTo(state);
            }
        }
    }

    @Test
    void noRequestOfAnyThreadIsLost() {
        var slot = table().slot(0);

        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int thread = 0; thread < 4; thread++) {
                threads.execute(
                        () -> {
                            for (int i = 0; i < 10_000; i++) {
                                slot.requestBegan(1);
                                slot.beat();
                                slot.requestEnded();
                            }
                        });
            }
        }

        assertThat(slot.view())
                .isEqualTo(new Slot.View(0, 0, 0, WorkerState.FREE, 40_000, 40_000, 0, 1));
    }

    @Test
    void aSlotTellsWhichRequestsRunTheOldestFirst() {
        var slot = table().slot(1);
        var worker = slot.runningRequests();

        int late = worker.begin(3_000, "GET", "/b?c=d", "HTTP/1.1");
        worker.begin(2_000, "POST", "/a", "HTTP/1.0");
        int over = worker.begin(1_000, "GET", "/over", "HTTP/1.1");
        worker.end(over);

        assertThat(slot.running())
                .containsExactly(
                        new Running("POST /a HTTP/1.0", 2_000),
                        new Running("GET /b?c=d HTTP/1.1", 3_000));
        worker.end(late);
        assertThat(slot.running()).hasSize(1);
        slot.vacate();
        assertThat(slot.running()).isEmpty();
    }

    @Test
    void whatHasNoRoomIsCutOrNotShown() {
        var slot = table().slot(0);
        var worker = slot.runningRequests();

        var tickets = new ArrayList<Integer>();
        for (int i = 0; i < RunningRequests.CELLS + 2; i++) {
            tickets.add(worker.begin(1_000 + i, "GET", "/" + "x".repeat(i * 100), "HTTP/1.1"));
        }

        assertThat(slot.running()).hasSize(RunningRequests.CELLS);
        assertThat(slot.running().getFirst().line()).isEqualTo("GET / HTTP/1.1");
        assertThat(slot.running().getLast().line()).hasSize(239).endsWith("xxx");
        assertThat(tickets.getLast()).isEqualTo(RunningRequests.NONE);
        tickets.forEach(worker::end);
        assertThat(slot.running()).isEmpty();
    }

    @Test
    void theHeapIsAsTheWorkerSaidLast() {
        var slot = table().slot(1);

        slot.heap(new Slot.Heap(30, 20, 100));

        assertThat(slot.heap()).isEqualTo(new Slot.Heap(30, 20, 100));
        slot.vacate();
        assertThat(slot.heap()).isEqualTo(Slot.Heap.UNKNOWN);
    }

    @Test
    void memoryThatIsNoScoreboardIsRefusedInWords() {
        assertThatThrownBy(() -> Scoreboard.over(memory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a scoreboard");
        assertThatThrownBy(() -> Scoreboard.over(memory.asSlice(0, 64)))
                .hasMessageContaining("not a scoreboard");
    }

    @Test
    void anotherVersionIsRefusedInWords() {
        Scoreboard.format(memory, 2);
        memory.set(JAVA_INT, 8, 1);

        assertThatThrownBy(() -> Scoreboard.over(memory))
                .hasMessage("a scoreboard of version 1, this program knows 2");
    }

    @Test
    void aTableThatPromisesMoreThanItHoldsIsRefused() {
        Scoreboard.format(memory, 3);

        assertThatThrownBy(() -> Scoreboard.over(memory)).hasMessageContaining("cut short");
    }

    @Test // ring 2
    void aStrangerReadsTheMasters() throws Exception {
        var scoreboard = Scoreboard.create(3);
        scoreboard.slot(2).occupy(4711, 1, 1_000);

        var mapped = Scoreboard.map(scoreboard.fd());
        var read = Scoreboard.read(Path.of("/proc/self/fd/" + scoreboard.fd()));

        assertThat(mapped.slots()).isEqualTo(3);
        assertThat(mapped.slot(2).view().pid()).isEqualTo(4711);
        assertThat(read.slot(2).view()).isEqualTo(mapped.slot(2).view());
    }

    private Scoreboard table() {
        if (memory.get(JAVA_LONG, 0) == 0) {
            Scoreboard.format(memory, 2);
        }
        return Scoreboard.over(memory);
    }
}
