package junicorn.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import junicorn.cli.line.Arguments;
import junicorn.cli.settings.Misuse;
import junicorn.cli.settings.Values;
import junicorn.os.Identity;
import junicorn.os.Users;
import org.junit.jupiter.api.Test;

/// Some of this only root can ask for; for others it must be refused.
final class RightsTest {
    private static final boolean ROOT = Users.me() == 0;

    @Test
    void withoutAWordWorkersHaveOurs() {
        assertThat(rights().identity()).isEmpty();
        assertThat(rights("-u", Integer.toString(Users.me())).identity().isEmpty())
                .isEqualTo(!ROOT);
    }

    @Test
    void aNumberNeedsNoEntryIfThereIsAGroup() {
        if (!ROOT) {
            assertThatThrownBy(() -> rights("-u", "1234567", "-g", "7654321"))
                    .hasMessageStartingWith("--user 1234567: only root can start workers as");
            return;
        }
        assertThat(rights("-u", "1234567", "-g", "7654321").identity())
                .contains(new Identity(1234567, 7654321, List.of(7654321)));
        assertThat(rights("-g", "17").identity()).contains(new Identity(0, 17, List.of(17)));
    }

    @Test
    void anEntryGivesGroupsAndWhatTellsProgramsWhoTheyAre() {
        if (!ROOT) {
            assertThatThrownBy(() -> rights("-u", "root")).isInstanceOf(Misuse.class);
            return;
        }
        var rights = rights("-u", "root");

        assertThat(rights.identity().map(Identity::gid)).isEqualTo(Optional.of(0));
        assertThat(rights.environment()).containsEntry("USER", "root").containsKey("HOME");
    }

    @Test
    void whoIsNotThereIsMisuse() {
        assertThatThrownBy(() -> rights("-u", "no-such-user"))
                .hasMessage("--user no-such-user: there is no such user");
        assertThatThrownBy(() -> rights("-u", "1234567"))
                .hasMessage(
                        "--user 1234567: there is no such user; with --group it may be any number");
        assertThatThrownBy(() -> rights("-g", "no-such-group"))
                .hasMessage("--group no-such-group: there is no such group");
    }

    private static Rights rights(String... words) {
        return Rights.of(Values.of(List.of(Arguments.parse(words)), Map.of(), Path.of("")));
    }
}
