package junicorn.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import junicorn.control.Message.BootFailed;
import junicorn.control.Message.Configure;
import junicorn.control.Message.Explain;
import junicorn.control.Message.Explained;
import junicorn.control.Message.Lead;
import junicorn.control.Message.Ready;
import junicorn.control.Message.Recycle;
import junicorn.control.Message.Reopen;
import junicorn.control.Message.Yielded;
import junicorn.control.WarmUp.Shot;
import junicorn.control.WorkerSettings.Listener;
import org.junit.jupiter.api.Test;

class MessageTest {
    private static final String AWKWARD =
            " a=b\\n\n\r\nc:\\d \"q\" 'x' # \u00e4\u20ac\ud83e\udd84\t\u2028= ";

    @Test
    void settingsSurviveTheWayWhateverIsInThem() {
        var settings =
                settings(
                        List.of(
                                new Listener(5, true, "http://[::1]:8000", 0),
                                new Listener(6, false, AWKWARD, 2048)),
                        Optional.of(AWKWARD));

        assertThat(Message.decode(new Configure(settings).encode()))
                .isEqualTo(new Configure(settings));
    }

    @Test
    void settingsWithoutListenersAndAccessLogSurviveToo() {
        var settings = settings(List.of(), Optional.empty());

        assertThat(Message.decode(new Configure(settings).encode()))
                .isEqualTo(new Configure(settings));
    }

    @Test
    void whatAWorkerReportsSurvives() {
        for (var message :
                List.of(
                        new Ready(480),
                        new BootFailed(AWKWARD, AWKWARD),
                        new BootFailed("", ""),
                        new Message.Recycle(AWKWARD))) {
            assertThat(Message.decode(message.encode())).isEqualTo(message);
        }
    }

    @Test
    void theWordsOfLeadershipAndTheCallToServeSurvive() {
        assertThat(Message.decode(new Message.Serve().encode())).isEqualTo(new Message.Serve());
        assertThat(Message.decode(new Lead().encode())).isEqualTo(new Lead());
        assertThat(Message.decode(new Yielded().encode())).isEqualTo(new Yielded());
    }

    @Test
    void whatIsSaidAboutAWorkersEndSurvives() {
        for (var message :
                List.of(
                        new Recycle(AWKWARD),
                        new Reopen(),
                        new Message.Loosen(),
                        new Explain(true),
                        new Explain(),
                        new Explained(AWKWARD))) {
            assertThat(Message.decode(message.encode())).isEqualTo(message);
        }
    }

    /// It is said by a shell when the JVM is out of memory.
    @Test
    void theWordForRecyclingIsSimpleEnoughForAShell() {
        assertThat(new Recycle("java.lang.OutOfMemoryError").encode())
                .asString()
                .isEqualTo("Xreason=java.lang.OutOfMemoryError\n");
    }

    @Test
    void aLongExplanationIsCutAndSaysSo() {
        var bytes = ControlChannel.fitting(new Explained("\tat \u20ac\n".repeat(100_000)));

        assertThat(bytes).hasSizeBetween(30_000, ControlChannel.MESSAGE_BYTES_MAX);
        assertThat(((Explained) Message.decode(bytes)).dump()).endsWith("... (cut)");
    }

    @Test
    void fieldsOfALaterVersionAreIgnored() {
        var bytes = "RstartMillis=7\nunheardOf=1\n".getBytes(StandardCharsets.UTF_8);

        assertThat(Message.decode(bytes)).isEqualTo(new Ready(7));
    }

    @Test
    void whatIsNoMessageIsRefused() {
        for (var text : List.of("", "R", "?a=b\n", "Rno equals sign", "RstartMillis=soon\n")) {
            assertThatThrownBy(() -> Message.decode(text.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aLongStackIsCutAndSaysSo() {
        var failure = new BootFailed("r".repeat(100_000), "\tat \u20ac\n".repeat(100_000));

        var bytes = ControlChannel.fitting(failure);

        assertThat(bytes).hasSizeBetween(1000, ControlChannel.MESSAGE_BYTES_MAX);
        var cut = (BootFailed) Message.decode(bytes);
        assertThat(cut.reason()).startsWith("rrrr").endsWith("... (cut)").hasSize(1000);
        assertThat(cut.stack()).startsWith("\tat").endsWith("... (cut)");
    }

    @Test
    void settingsThatDoNotFitAreRefused() {
        var settings = settings(List.of(), Optional.of("/".repeat(70_000)));

        assertThatThrownBy(() -> ControlChannel.fitting(new Configure(settings)))
                .hasMessageContaining("at most 65536");
    }

    private static WorkerSettings settings(List<Listener> listeners, Optional<String> accessLog) {
        return new WorkerSettings(
                new WorkerSettings.Place(2, 1, 3, true),
                listeners,
                new WorkerSettings.Hosted(
                        "/srv/a b=c\n\u00e4.war", List.of(Path.of("/" + AWKWARD)), "/" + AWKWARD),
                new WorkerSettings.Capacity("gthread", 8, 1000),
                new WorkerSettings.Deadlines(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60),
                        Duration.ofMillis(1),
                        Duration.ZERO,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(5)),
                new WorkerSettings.RequestLimits(
                        1L << 40,
                        4094,
                        100,
                        8190,
                        1L << 41,
                        Duration.ofSeconds(20),
                        500,
                        "default"),
                new WorkerSettings.Logs(
                        accessLog, "%(h)s \"%(r)s\" \\n", Optional.of(AWKWARD), "info"),
                new WarmUp(List.of(new Shot("/a*b?c=d", 200), new Shot("/", 1)), true),
                new WorkerSettings.Recycling(1000, 50, 1L << 40),
                true);
    }
}
