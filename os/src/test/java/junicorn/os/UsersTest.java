package junicorn.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsersTest {
    @Test
    void rootIsKnownByNameAndByNumber() {
        var root = Users.named("root").orElseThrow();

        assertThat(root.uid()).isZero();
        assertThat(root.gid()).isZero();
        assertThat(root.home()).startsWith("/");
        assertThat(Users.numbered(0)).contains(root);
        assertThat(Users.group("root")).contains(0);
        assertThat(Users.groups("root", 0)).contains(0);
    }

    @Test
    void whoIsNotThereIsNobody() {
        assertThat(Users.named("no-such-user")).isEmpty();
        assertThat(Users.numbered(1_234_567)).isEmpty();
        assertThat(Users.group("no-such-group")).isEmpty();
        assertThat(Users.groups("no-such-user", 17)).containsExactly(17);
    }
}
