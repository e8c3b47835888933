package junicorn.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The house rules that a machine can check, on the project itself.
final class TidyTest {
    private static final Snapshot PROJECT = Snapshot.ofProject();

    static final List<Rule> RULES =
            List.of(
                    new Layers(),
                    new Lengths(),
                    new Leftovers(),
                    new Packages(),
                    new Documents(),
                    new Commands());

    @ParameterizedTest
    @FieldSource("RULES")
    void theProjectKeepsTheRule(Rule rule) {
        var violations = rule.violations(PROJECT);

        assertThat(violations).isEmpty();
    }

    /// A rule that sees nothing is always kept.
    @Test
    void theProjectIsSeen() {
        assertThat(PROJECT.javaFiles()).hasSizeGreaterThan(20);
        assertThat(PROJECT.exists("README.md")).isTrue();
        assertThat(PROJECT.exists("os/src/main/java/junicorn/os")).isTrue();
    }
}
