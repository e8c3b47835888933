package junicorn.worker.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StartFailureTest {
    @TempDir Path work;
    @TempDir Path scratch;

    @Test
    void aListenerThatThrowsIsNamedWithItsCauseAndNoFrameOfOurs() throws Exception {
        var failure = failureOf(new TestWar(scratch).source("FailingListener"));

        assertThat(failure.reason())
                .isEqualTo(
                        "java.lang.IllegalStateException: cannot open the shop (caused by"
                                + " java.sql.SQLException: no database)");
        assertThat(failure.stack())
                .contains("at app.FailingListener.open(", "at app.FailingListener.contextInit")
                .contains("Caused by: java.sql.SQLException: no database\n    at app.Failing")
                .doesNotContain("jetty", "junicorn");
    }

    @Test
    void aRefusalOfOursIsSaidOnceAndHasNoStack() {
        var failure = StartFailure.describe(new NotHosted("app.Shop is no Verticle"));

        assertThat(failure.reason()).isEqualTo("app.Shop is no Verticle");
        assertThat(failure.stack()).isEmpty();
    }

    @Test
    void aServletThatFailsAtStartIsNamed() throws Exception {
        var failure = failureOf(new TestWar(scratch).source("FailingServlet"));

        assertThat(failure.reason()).contains("no licence");
        assertThat(failure.stack()).contains("at app.FailingServlet.init(");
    }

    @Test
    void aMissingClassIsNamed() throws Exception {
        var failure =
                failureOf(
                        new TestWar(scratch)
                                .webXml(
                                        """
                                        <listener><listener-class>com.acme.Gone</listener-class></listener>
                                        """));

        assertThat(failure.reason()).contains("com.acme.Gone");
        assertThat(failure.stack()).doesNotContain("    at ");
    }

    @Test
    void aMissingServletClassIsNamed() throws Exception {
        var failure =
                failureOf(
                        new TestWar(scratch)
                                .webXml(
                                        """
                                        <servlet><servlet-name>s</servlet-name><servlet-class>com.acme.Gone</servlet-class>
                                        <load-on-startup>1</load-on-startup></servlet>
                                        """));

        assertThat(failure.reason()).contains("com.acme.Gone");
    }

    @Test
    void aWebXmlThatIsNoXmlIsNamedWithTheLine() throws Exception {
        var failure =
                failureOf(new TestWar(scratch).file("WEB-INF/web.xml", "<web-app>\n<servlet>\n"));

        assertThat(failure.reason()).contains("web.xml, line 3: XML document structures");
    }

    @Test
    void aFailedStartLeavesNoDirectoryBehind() throws Exception {
        failureOf(new TestWar(scratch).source("FailingListener"));

        assertThat(work).isEmptyDirectory();
    }

    @Test
    void aReasonIsOneLineOfBearableLength() {
        var failure =
                StartFailure.describe(new IllegalStateException("a\n  b\r\n" + "x".repeat(9_999)));

        assertThat(failure.reason())
                .startsWith("java.lang.IllegalStateException: a b xxx")
                .hasSize(501);
    }

    @Test
    void aCauseThatIsItsOwnCauseEnds() {
        var inner = new IllegalStateException("inner");
        var outer = new IllegalStateException("outer", inner);
        inner.initCause(outer);

        assertThat(StartFailure.describe(outer).reason()).contains("outer");
    }

    private StartFailure failureOf(TestWar war) throws Exception {
        var packed = war.packed();
        var failure = catchThrowable(() -> RunningApplication.start(packed, "/", work));
        assertThat(failure).as("the start succeeded").isNotNull();
        return StartFailure.describe(failure);
    }

    /// Stands for the refusals of other modules, which this one does not know.
    private static final class NotHosted extends Exception {
        private static final long serialVersionUID = 1;

        NotHosted(String message) {
            super(message);
        }
    }
}
