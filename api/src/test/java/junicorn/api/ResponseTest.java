package junicorn.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResponseTest {
    @Test
    void aFieldIsAddedToACopy() {
        var text = Response.text("hé");

        var more = text.with("ETag", "\"1\"").with(404);

        assertThat(more)
                .hasToString(
                        "404 [Field[name=Content-Type, value=text/plain;charset=utf-8], Field[name=ETag,"
                                + " value=\"1\"]] 3 bytes");
        assertThat(text.fields()).hasSize(1);
        assertThat(text.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 100, 101, 199, 600})
    void aStatusThatIsNoFinalOneIsRefused(int status) {
        assertThatThrownBy(() -> Response.of(status)).hasMessageEndingWith("was " + status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\r\nSet-Cookie: b", "a\0", "a\u007f"})
    void aValueThatWouldForgeAFieldIsRefused(String value) {
        assertThatThrownBy(() -> Response.of(200).with("Location", value))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:", "é", "a\n"})
    void aNameThatIsNoTokenIsRefused(String name) {
        assertThatThrownBy(() -> new Field(name, "")).hasMessageContaining(name);
    }
}
