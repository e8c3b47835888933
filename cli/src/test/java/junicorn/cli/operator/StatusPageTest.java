package junicorn.cli.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import junicorn.master.control.Json;
import org.junit.jupiter.api.Test;

class StatusPageTest {
    @Test
    void showsTheServerItsWorkersAndWhoDied() {
        var page =
                StatusPage.text(
                        status(
                                worker(0, "ready")
                                        .put("leader", true)
                                        .put("busy", 3)
                                        .put("running", List.of(request(12_300, "GET /a HTTP/1.1")))
                                        .put("heap", heap()),
                                Json.object()
                                        .put("worker", 1)
                                        .put("state", "resting")
                                        .put("restMillis", 4_000)));

        assertThat(page)
                .isEqualTo(
                        """
                        junicorn 1.0  pid 4711  up 3m12s  serving

                          application  /srv/shop.war, worker class sync
                          listening    http://127.0.0.1:8000
                          generation   2; generation 2 is live
                          workers      1 of 2 ready, 3 requests running
                          served       12,345 requests, 8.1/s now

                          worker   pid  gen  state              up  requests   /s  busy  heap        memory  running
                              0*  4712    2  ready           3m12s    12,345  8.1     3  38m of 96m    124m  12.3s  GET /a HTTP/1.1  (and 2 more)
                              1              restarts in 4s
                          * the leader
                        """);
    }

    @Test
    void aLongRequestLineIsCut() {
        var line = "GET /" + "x".repeat(300);

        var page =
                StatusPage.text(
                        status(worker(0, "ready").put("running", List.of(request(5, line)))));

        assertThat(page).contains("0.0s  GET /xxx").contains("xxx…\n");
    }

    @Test
    void howTheNumberOfWorkersFollowsTheLoadIsShownAndHowOftenItCannot() {
        var scaling =
                Json.object()
                        .put("rule", "idle")
                        .put("least", 1)
                        .put("most", 4)
                        .put("busy", 3.96)
                        .put("waiting", 21);
        var status = status(worker(0, "ready")).put("scaling", scaling);

        var before = StatusPage.text(status);
        scaling.put("timesAtMost", 3).put("millisAtMost", 72_000);

        assertThat(before)
                .contains(
                        "  scaling      idle, from 1 to 4 workers; 4.0 busy, 21 clients waiting\n");
        assertThat(StatusPage.text(status))
                .contains(" waiting; reached --max-workers 3 times, for 1m12s\n");
        scaling.put("rule", "fixed");
        assertThat(StatusPage.text(status)).doesNotContain("scaling");
    }

    @Test
    void whoServesUntilASuccessorDoesIsCountedToo() {
        var status = status(worker(0, "outgoing")).put("outgoing", 1).put("standby", 2);

        assertThat(StatusPage.text(status))
                .contains("  workers      1 of 2 ready, 1 outgoing, 2 standby, 3 requests running");
    }

    @Test
    void whatEndedUnexpectedlyIsListedTheNewestFirst() {
        var end = Json.object().put("number", 7).put("worker", 1).put("upMillis", 3_000);
        var status = status(worker(0, "ready")).put("endCount", 7);
        status.put("ends", List.of(end.put("cause", "ended by signal SEGV")));

        assertThat(StatusPage.text(status))
                .contains("7 workers ended unexpectedly; junicorn why tells more\n  #7 ")
                .contains("worker 1  3s  ended by signal SEGV\n");
    }

    @Test
    void whyTellsEachEndAndOneWithItsThreads() {
        var end =
                Json.object()
                        .put("number", 7)
                        .put("atMillis", 0)
                        .put("worker", 1)
                        .put("pid", 4712)
                        .put("generation", 2)
                        .put("upMillis", 3_000)
                        .put("cause", "it was stuck")
                        .put("end", "signal=KILL")
                        .put("requests", 1)
                        .put("busy", 3)
                        .put("running", List.of(request(12_300, "GET /a"), request(200, "GET /b")))
                        .put("heap", heap())
                        .put("dump", "\"main\"\n  at X");
        var why = Json.object().put("count", 7).put("ends", List.of(end));

        assertThat(WhyPage.text(why, 60_000))
                .startsWith("7 workers ended unexpectedly since the server started; the last 1:\n")
                .contains("(1m ago)  worker 1  pid 4712  generation 2  up 3s\n")
                .contains(
                        """
                            cause    it was stuck
                            end      signal=KILL
                            served   1 request
                            running    12.3s  GET /a
                                        0.2s  GET /b
                                     and 1 more
                            heap     38m of 96m, 12m after the last collection
                            more     junicorn why 7 shows what it was doing
                        """);
        assertThat(WhyPage.one(WhyPage.find(why, 7).orElseThrow(), 60_000))
                .endsWith("\n    \"main\"\n      at X\n");
        assertThat(WhyPage.find(why, 8)).isEmpty();
        assertThat(WhyPage.missing(why, 8)).isEqualTo("there is no #8, there are #7 to #7");
        assertThat(WhyPage.text(Json.object(), 0)).startsWith("No worker has ended unexpectedly");
    }

    @Test
    void duringAReloadAndAnUpgradeItSaysWhoElseServes() {
        var status = status(worker(0, "outgoing")).put("outgoing", 1).put("oldMaster", 99);

        assertThat(StatusPage.text(status))
                .contains("1 of 2 ready, 1 outgoing")
                .contains("serving, beside the old master 99");
    }

    private static Json status(Json... workers) {
        return Json.object()
                .put("version", "1.0")
                .put("pid", 4711)
                .put("upMillis", 192_000)
                .put("state", "serving")
                .put("application", "/srv/shop.war")
                .put("workerClass", "sync")
                .put("listeners", List.of("http://127.0.0.1:8000"))
                .put("generation", 2)
                .put(
                        "reload",
                        Json.object()
                                .put("state", "succeeded")
                                .put("words", "generation 2 is live"))
                .put("ready", 1)
                .put("wanted", 2)
                .put("busy", 3)
                .put("requests", 12_345)
                .put("requestsPerSecond", 8.1)
                .put("workers", List.of(workers));
    }

    private static Json worker(int slot, String state) {
        return Json.object()
                .put("worker", slot)
                .put("state", state)
                .put("pid", 4712)
                .put("generation", 2)
                .put("upMillis", 192_000)
                .put("requests", 12_345)
                .put("requestsPerSecond", 8.1)
                .put("busy", 1)
                .put("pssBytes", 124L << 20);
    }

    private static Json request(long ageMillis, String line) {
        return Json.object().put("line", line).put("ageMillis", ageMillis);
    }

    private static Json heap() {
        return Json.object()
                .put("usedBytes", 38L << 20)
                .put("afterGcBytes", 12L << 20)
                .put("maxBytes", 96L << 20);
    }
}
