package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import fixture.Exchanges;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@SystemTest
final class ClassApplicationTest {
    @Test
    void servesWhatAMethodOfTheClassPathReturns() throws Exception {
        try (var server = application("fixture.Exchanges::answers").workers(2).start()) {
            var answer = server.get("/a/b");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("/a/b");
        }
    }

    /// Jersey lies on the class path of these tests, and nowhere in the distribution.
    @Test
    void servesAJaxRsApplicationWithTheJerseyOfItsClassPath() throws Exception {
        var launch = new Launch().with("-C", classPath()).application(Path.of("fixture.Rest"));
        try (var server = launch.start()) {
            var answer = server.get("/api/orders/7");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("order 7 of /api/orders/7");
            assertThat(server.get("/orders/7").status()).isEqualTo(404);
            assertThat(server.err().text()).doesNotContain("[WARNING]", "Exception");
        }
    }

    @Test
    void aClassThatIsNoApplicationEndsTheServerWithOneLineThatSaysWhatWouldDo() throws Exception {
        var ended = application("fixture.Exchanges").run();

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .contains("fixture.Exchanges is a plain object: a Servlet, a Filter")
                .contains("or name fixture.Exchanges::answers")
                .doesNotContain("NoApplication", "\tat ");
    }

    @Test
    void aClassThatIsNotThereEndsTheServerWithTheOneThatMayBeMeant() throws Exception {
        var ended = application("fixture.Exchange::answers").run();

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .contains("there is no class fixture.Exchange in the class path /")
                .contains("did you mean fixture.Exchanges?");
    }

    /// Of these tests, less what is not there.
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(Files::exists)
                .map(entry -> Account.readable(entry).toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /// `name` among the classes of these tests.
    private static Launch application(String name) throws Exception {
        var classes = Exchanges.class.getProtectionDomain().getCodeSource().getLocation();
        return new Launch()
                .with("--class-path", Account.readable(Path.of(classes.toURI())).toString())
                .application(Path.of(name));
    }
}
