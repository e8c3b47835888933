package junicorn.worker.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class SystemLoggerProviderTest {
    private final List<String> lines = new ArrayList<>();

    @Test
    void slf4jFindsUs() {
        assertThat(LoggerFactory.getLogger("any")).isInstanceOf(SystemLogger.class);
    }

    @Test
    void jettySpeaksOneLevelLowerAndWarnsAloud() {
        var log = new SystemLogger("org.eclipse.jetty.some.Thing", new Collecting());

        log.debug("quiet");
        log.info("Started {} in {} ms", "it", 7);
        log.warn("careful");
        log.error("broken", new IllegalStateException("cause"));

        assertThat(log.isDebugEnabled()).isFalse();
        assertThat(lines)
                .containsExactly(
                        "DEBUG Started it in 7 ms",
                        "WARNING careful",
                        "ERROR broken java.lang.IllegalStateException: cause");
    }

    @Test
    void whatTheApplicationSaysThroughItsContextKeepsItsLevel() {
        new SystemLogger(SystemLoggerProvider.APPLICATION, new Collecting()).info("hello");

        assertThat(lines).containsExactly("INFO hello");
    }

    @Test
    void aFailedStartIsNoLineOfJettys() {
        var failed = new IllegalStateException("failed");
        var context =
                new SystemLogger("org.eclipse.jetty.ee11.webapp.WebAppContext", new Collecting());
        var application = new SystemLogger(SystemLoggerProvider.APPLICATION, new Collecting());

        context.warn("x", failed);
        Starting.run(() -> application.warn("unavailable", failed));
        application.warn("unavailable", failed);

        assertThat(lines)
                .containsExactly(
                        "DEBUG x java.lang.IllegalStateException: failed",
                        "WARNING unavailable java.lang.IllegalStateException: failed");
    }

    private final class Collecting implements System.Logger {
        @Override
        public String getName() {
            return "collecting";
        }

        @Override
        public boolean isLoggable(Level level) {
            return level.getSeverity() >= Level.DEBUG.getSeverity();
        }

        @Override
        public void log(
                Level level,
                @Nullable ResourceBundle bundle,
                @Nullable String message,
                @Nullable Throwable failure) {
            lines.add(level + " " + message + " " + failure);
        }

        @Override
        public void log(
                Level level,
                @Nullable ResourceBundle bundle,
                @Nullable String message,
                Object @Nullable ... arguments) {
            lines.add(level + " " + message);
        }
    }
}
