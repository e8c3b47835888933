package junicorn.worker.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClassHidingTest {
    /// Filled by the build, see pom.xml.
    static final Path LIBRARIES = Path.of("target", "war-libraries");

    private static final String LOGBACK_XML = "WEB-INF/classes/logback.xml";

    @TempDir static Path work;
    @TempDir static Path scratch;

    private static @Nullable RunningApplication probe;

    @BeforeAll
    static void start() throws Exception {
        probe = RunningApplication.start(new TestWar(scratch).source("Probe"), work);
    }

    @AfterAll
    static void stop() throws IOException {
        requireNonNull(probe).close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "junicorn.worker.app.Applications",
                "junicorn.scoreboard.Scoreboard",
                "org.eclipse.jetty.server.Server",
                "org.eclipse.jetty.ee11.servlet.ServletContextHandler",
                "org.eclipse.jetty.util.component.LifeCycle",
                "org.slf4j.LoggerFactory",
                "org.objectweb.asm.ClassReader",
                "org.eclipse.jdt.core.compiler.batch.BatchCompiler",
                "jakarta.transaction.UserTransaction",
                "jakarta.enterprise.inject.spi.CDI"
            })
    void theWorkersClassesAreHidden(String name) throws Exception {
        assertThat(probe("class=" + name)).isEqualTo("hidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jakarta.servlet.http.HttpServlet",
                "jakarta.websocket.Session",
                "jakarta.servlet.jsp.JspWriter",
                "jakarta.el.ELContext",
                "jakarta.annotation.PostConstruct",
                "java.sql.Driver",
                "javax.naming.InitialContext",
                "org.w3c.dom.Document"
            })
    void theInterfacesAndTheJdkAreVisible(String name) throws Exception {
        assertThat(probe("class=" + name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "META-INF/services/org.slf4j.spi.SLF4JServiceProvider",
                "META-INF/services/java.lang.System$LoggerFinder",
                "META-INF/services/javax.tools.JavaCompiler",
                "META-INF/maven/org.eclipse.jetty/jetty-server/pom.xml",
                "junicorn/worker/app/webdefault.xml",
                "org/slf4j/Logger.class",
                "logback.xml",
                "simplelogger.properties"
            })
    void theWorkersResourcesAreHidden(String name) throws Exception {
        assertThat(probe("resource=" + name)).isEqualTo("null []");
    }

    @Test
    void servicesOfTheInterfacesAreFoundOnce() throws Exception {
        assertThat(probe("service=jakarta.el.ExpressionFactory")).isEqualTo("1");
        assertThat(probe("service=jakarta.websocket.ContainerProvider")).isEqualTo("1");
    }

    @Test
    void anApplicationLogsWithItsOwnSlf4jAndLogback() throws Exception {
        var war = new TestWar(scratch).source("Logs").file(LOGBACK_XML, "<configuration/>");
        try (var libraries = Files.list(LIBRARIES)) {
            for (var library : libraries.toList()) {
                var name = "WEB-INF/lib/" + library.getFileName();
                war.file(name, Files.readAllBytes(library));
            }
        }

        try (var running = RunningApplication.start(war, work)) {
            assertThat(running.get("/logs")).endsWith("ch.qos.logback.classic.Logger true");
        }
    }

    private static String probe(String question) throws Exception {
        return RunningApplication.body(requireNonNull(probe).get("/probe?" + question));
    }
}
