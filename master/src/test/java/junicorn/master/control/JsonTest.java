package junicorn.master.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        var written =
                Json.object()
                        .put("text", "a \"b\"\n\u00e4")
                        .put("number", 1L << 40)
                        .put("real", 2.5)
                        .put("flag", true)
                        .put("object", Json.object().put("x", 1))
                        .put("objects", List.of(Json.object().put("x", 2)))
                        .put("texts", List.of("a", "b"))
                        .put("nothing", Optional.empty());

        var read = Json.parse(written.toString());

        assertThat(read).hasToString(written.toString());
        assertThat(read.text("text")).isEqualTo("a \"b\"\n\u00e4");
        assertThat(read.number("number")).isEqualTo(1L << 40);
        assertThat(read.real("real")).isEqualTo(2.5);
        assertThat(read.flag("flag")).isTrue();
        assertThat(read.object("object").number("x")).isEqualTo(1);
        assertThat(read.objects("objects").getFirst().number("x")).isEqualTo(2);
        assertThat(read.texts("texts")).containsExactly("a", "b");
        assertThat(read.has("nothing")).isFalse();
        assertThat(written.toString()).doesNotContain("\n");
    }

    @Test
    void whatIsMissingOrOfAnotherKindIsEmpty() throws Exception {
        var read = Json.parse("{\"a\":null,\"b\":\"x\",\"c\":[1,[2,null]]}");

        assertThat(read.text("a")).isEmpty();
        assertThat(read.number("b")).isZero();
        assertThat(read.object("b").has("x")).isFalse();
        assertThat(read.objects("c")).isEmpty();
        assertThat(read.flag("d")).isFalse();
    }

    @Test
    void whatIsNoObjectIsRefused() {
        for (var wrong : List.of("", "[]", "{", "{} {}", "nonsense", "{\"a\":".repeat(100))) {
            assertThatThrownBy(() -> Json.parse(wrong)).as(wrong).isInstanceOf(IOException.class);
        }
    }
}
