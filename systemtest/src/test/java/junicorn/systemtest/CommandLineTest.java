package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SystemTest
final class CommandLineTest {
    @ParameterizedTest
    @CsvSource({
        "--wrokers=3 app.war, --workers",
        "--workers=many app.war, --workers",
        "--workers=0 app.war, --workers",
        "--bind=127.0.0.1:99999 app.war, 99999",
        "--worker-class=asgy app.war, did you mean asgi",
        "--timeout=-1 app.war, --timeout",
        "app.war --access-logfile, --access-logfile",
    })
    void misuseIsSaidInOneLineWithWhatWouldBeRight(String arguments, String expected) {
        var launch = new Launch();
        var words = arguments.replace("app.war", launch.fixture().toString()).split(" ");

        var ended = launch.run(words);

        assertThat(ended.code()).as(ended.text()).isEqualTo(2);
        assertThat(ended.err()).contains(expected);
        assertThat(ended.err().lines()).hasSizeLessThanOrEqualTo(2);
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void withoutAnApplicationItSaysSo() {
        var ended = new Launch().run("--workers", "2");

        assertThat(ended.code()).as(ended.text()).isEqualTo(2);
        assertThat(ended.err()).contains("APP");
    }

    @Test
    void helpGoesToStdoutGroupedByTopic() {
        var ended = new Launch().run("--help");

        assertThat(ended.code()).isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out())
                .contains("--bind", "--workers", "--timeout", "--graceful-timeout", "--backlog")
                .containsSubsequence("Socket:", "Workers:", "Deadlines:", "Application:", "Logs:")
                .contains("--boot-timeout", "--access-logfile", "--java-opts", "--check");
    }

    @Test
    void versionIsOneLineOnStdout() {
        var ended = new Launch().run("--version");

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).matches("(?i)junicorn \\S*\\d+\\.\\d+\\S*");
    }

    @Test
    void checkLoadsTheApplicationOnceAndBindsNothing() {
        var ended = new Launch().workers(3).with("--check").run();

        assertThat(ended.code()).as(ended.text()).isZero();
        assertThat(ended.text()).doesNotContainIgnoringCase("listening at");
    }

    @Test
    void checkTellsWhyAnApplicationDoesNotStart() {
        var ended = new Launch().mood("fail").with("--check").run();

        assertThat(ended.code()).as(ended.text()).isEqualTo(1);
        assertThat(ended.err()).contains("the database is not there");
    }

    @Test
    void checkTellsThatAnApplicationCrashes() {
        var ended = new Launch().workersAreKilled().mood("halt").with("--check").run();

        assertThat(ended.code()).as(ended.text()).isEqualTo(1);
        assertThat(ended.err()).contains("code=9");
    }

    @Test
    void checkEndsWhenAnApplicationHangsInStart() {
        var launch = new Launch().workersAreKilled().mood("hang");
        var ended = launch.with("--check", "--boot-timeout", "1").run();

        assertThat(ended.code()).as(ended.text()).isEqualTo(1);
    }

    @Test
    void printConfigShowsWhatWouldBeUsed() {
        var launch = new Launch().workers(3).environment("WEB_CONCURRENCY", "7");
        var ended = launch.with("--timeout", "45", "--print-config").run();

        assertThat(ended.code()).as(ended.text()).isZero();
        assertThat(ended.out())
                .containsPattern("(?m)^workers\\W+3")
                .containsPattern("timeout\\W+45");
        assertThat(ended.text()).doesNotContainIgnoringCase("listening at");
    }

    @Test
    void webConcurrencyIsTheNumberOfWorkersWhenNoneIsGiven() {
        var launch = new Launch().environment("WEB_CONCURRENCY", "7");
        var ended = launch.run("--print-config", launch.fixture().toString());

        assertThat(ended.code()).as(ended.text()).isZero();
        assertThat(ended.out()).containsPattern("(?m)^workers\\W+7");
    }
}
