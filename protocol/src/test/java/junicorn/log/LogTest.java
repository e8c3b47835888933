package junicorn.log;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.TRACE;
import static java.lang.System.Logger.Level.WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogTest {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("'['yyyy-MM-dd HH:mm:ss.SSS xx'] '")
                    .withZone(ZoneId.systemDefault());

    private final List<String> printed = new ArrayList<>();
    private final System.Logger log = new LineLogger("junicorn.test", TRACE, printed::add);

    @AfterEach
    void backToTheDefault() {
        Log.level("info");
    }

    @Test
    void aVeryLongStackIsCutInItsMiddle() {
        var endless = new IllegalStateException("too deep", new IllegalArgumentException("why"));
        var frame = new StackTraceElement("shop.Cart", "sum", "Cart.java", 7);
        endless.setStackTrace(Collections.nCopies(1024, frame).toArray(StackTraceElement[]::new));

        var lines = Log.stack(endless).lines().toList();

        assertThat(lines).hasSize(301).startsWith("java.lang.IllegalStateException: too deep");
        assertThat(lines.get(150)).matches("\t\\.\\.\\. \\d+ lines left out");
        assertThat(lines).contains("Caused by: java.lang.IllegalArgumentException: why");
        assertThat(Log.stack(new IllegalStateException("short"))).doesNotContain("left out");
    }

    @Test
    void aRecordSaysWhenWhoAndWhat() {
        var record = LogLine.format(1_795_246_200_123L, INFO, "worker 0 started pid=4711", null);

        assertThat(record)
                .isEqualTo(
                        TIME.format(Instant.ofEpochMilli(1_795_246_200_123L))
                                + "["
                                + ProcessHandle.current().pid()
                                + "] [INFO] worker 0 started pid=4711\n");
    }

    @Test
    void timeIsThatOfTheJdk() {
        var random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            var millis = random.nextLong(0, 4_000_000_000_000L);

            assertThat(LogLine.format(millis, INFO, "x", null))
                    .startsWith(TIME.format(Instant.ofEpochMilli(millis)));
        }
    }

    @Test
    void aMessageCannotForgeARecord() {
        var record = LogLine.format(0, INFO, "a\n[2026] [1] [INFO] b\r\u001b[2Jc\td", null);

        assertThat(record).endsWith("a\n    [2026] [1] [INFO] b\\x0d\\x1b[2Jc\td\n");
    }

    @Test
    void anExceptionFollowsIndented() {
        var record = LogLine.format(0, ERROR, "no", new IllegalStateException("why"));

        assertThat(record)
                .contains("[ERROR] no\n    java.lang.IllegalStateException: why\n    \tat ")
                .endsWith(")\n");
    }

    @Test
    void onlyWantedLevelsArePrinted() {
        Log.level("warning");

        log.log(INFO, "no");
        log.log(WARNING, "yes");
        log.log(ERROR, () -> "yes");
        Log.level("debug");
        log.log(DEBUG, "yes");
        Log.level("critical");
        log.log(ERROR, "no");

        assertThat(printed).hasSize(3).allMatch(line -> line.endsWith("yes\n"));
    }

    @Test
    void bracesAndQuotesNeedNoEscapingWithoutParameters() {
        log.log(INFO, "it's {0}");
        log.log(INFO, "is {0} {1}", 1, "one");

        assertThat(printed.get(0)).endsWith("it's {0}\n");
        assertThat(printed.get(1)).endsWith("is 1 one\n");
    }

    @Test
    void anUnknownLevelIsRefusedInWords() {
        assertThatThrownBy(() -> Log.level("loud"))
                .hasMessage(
                        "log level must be one of [debug, info, warning, error, critical], was"
                                + " 'loud'");
    }

    @Test
    void theProcessLogsThroughUs() {
        assertThat(System.LoggerFinder.getLoggerFinder()).isInstanceOf(Loggers.class);
    }
}
