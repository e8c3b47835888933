package junicorn.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import org.junit.jupiter.api.Test;

class ErrnoTest {
    @Test
    void everyConstantHasItsNameAndWords() throws IllegalAccessException {
        for (var field : Errno.class.getFields()) {
            assertThat(Modifier.isStatic(field.getModifiers())).isTrue();
            int number = field.getInt(null);

            assertThat(Errno.name(number)).isEqualTo(field.getName());
            assertThat(Errno.describe(number)).isNotBlank().isNotEqualTo("unknown error");
        }
    }

    @Test
    void aNumberWithoutANameIsStillSaid() {
        assertThat(Errno.name(4711)).isEqualTo("errno 4711");
        assertThat(Errno.describe(4711)).isEqualTo("unknown error");
    }

    @Test
    void anExceptionSaysTheCallItsArgumentsAndTheCause() {
        var failure = new PosixException("bind(127.0.0.1:80)", Errno.EACCES);

        assertThat(failure).hasMessage("bind(127.0.0.1:80) failed: EACCES (permission denied)");
        assertThat(failure.errno()).isEqualTo(Errno.EACCES);
    }
}
