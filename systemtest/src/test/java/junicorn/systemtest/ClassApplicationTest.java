package junicorn.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import fixture.Exchanges;
import java.nio.file.Path;
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

    /// `name` among the classes of these tests.
    private static Launch application(String name) throws Exception {
        var classes = Exchanges.class.getProtectionDomain().getCodeSource().getLocation();
        return new Launch()
                .with("--class-path", Path.of(classes.toURI()).toString())
                .application(Path.of(name));
    }
}
