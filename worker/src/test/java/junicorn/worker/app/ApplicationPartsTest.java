package junicorn.worker.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is no application, and how the operator is told.
final class ApplicationPartsTest {
    @TempDir Path work;
    @TempDir Path scratch;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app.Odd | app.Odd is a java.util.ArrayList: a Servlet, a Filter,",
                "app.Odd | or name app.Odd::isNull, app.Odd::isOdd, app.Odd::throwsInside",
                "app.Odd$Task | app.Odd$Task is a java.lang.Runnable: a Servlet, a Filter,",
                "app.Odd$Plain | app.Odd$Plain is a plain object: a Servlet, a Filter,",
                "app.Odd$Unfinished | app.Odd$Unfinished is abstract: name a class that can be made",
                "app.Odd$NeedsMore | it has no public constructor without parameters",
                "app.Odd$Hidden | class app.Odd$Hidden is not public",
                "app.Odd::isOdd | app.Odd::isOdd returned a list with a java.lang.String: a Servlet",
                "app.Odd::isNull | app.Odd::isNull returned null",
                "app.Odd::isVoid | app.Odd::isVoid returns nothing, it is void",
                "app.Odd::needsMore | app.Odd::needsMore needs arguments",
                "app.Odd::instance | app.Odd::instance is not static",
                "app.Odd::hidden | app.Odd::hidden is not public",
                "app.Odd::gone | there is no method app.Odd::gone; there is app.Odd::isNull",
                "app.Odd::nullInside | app.Odd::nullInside returned a list with null",
                "app.Odd::twoHandlers | several parts make one application only if each is a Servlet",
                "app.Odd::aServer | is a Server of its own",
                "app.Odd::anEndpoint | each WebSocket has an endpoint of its own: return the class",
                "app.Od | there is no class app.Od in the class path /",
                "app.Od | did you mean app.Odd?",
                "other.odd | did you mean app.Odd?",
                "app.Nothing$Alike | there is no class app.Nothing$Alike in the class path /",
                "app.Odd, | names no class",
                ":: | names no class"
            })
    void whatIsNoApplicationIsRefusedWithWhatWouldDo(String application, String reason)
            throws Exception {
        var failure = failure(application);

        assertThat(failure.reason()).contains(reason).doesNotContain("junicorn.worker");
        assertThat(failure.stack()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "app.Odd::throwsInside, java.lang.IllegalStateException: no database",
        "app.Odd$Throws, java.lang.IllegalStateException: no licence",
        "app.Odd$Broken, java.lang.NumberFormatException: For input string"
    })
    void whatTheApplicationThrowsIsShownWithItsFrames(String application, String reason)
            throws Exception {
        var failure = failure(application);

        assertThat(failure.reason()).startsWith(reason);
        assertThat(failure.stack()).contains("app.Odd").doesNotContain("junicorn");
    }

    @Test
    void aClassOfTheOldPackageIsRecognized() throws Exception {
        var classes =
                new TestWar(scratch)
                        .source(
                                "javax.servlet.Servlet",
                                "package javax.servlet; public interface Servlet {}")
                        .source(
                                "app.Old",
                                "package app; public class Old implements javax.servlet.Servlet {}")
                        .classes();

        var failure = failure("app.Old", classes);

        assertThat(failure.reason())
                .startsWith("app.Old is a javax.servlet.Servlet (its package is called jakarta");
    }

    private StartFailure failure(String application) throws Exception {
        return failure(application, new TestWar(scratch).source("Odd").classes());
    }

    private StartFailure failure(String application, Path classes) {
        var failure =
                catchThrowable(
                        () -> RunningApplication.start(application, List.of(classes), "/", work));
        assertThat(failure).as("the start succeeded").isNotNull();
        assertThat(work).isEmptyDirectory();
        return StartFailure.describe(failure);
    }
}
