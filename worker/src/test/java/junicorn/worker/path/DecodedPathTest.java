package junicorn.worker.path;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DecodedPathTest {
    @ParameterizedTest
    @CsvSource({"/a/b, /a/b", "//, /", "//a///b//, /a/b/", "/a//, /a/", "'', ''"})
    void runsOfSlashesAreOne(String path, String merged) {
        assertThat(DecodedPath.merged(path)).isEqualTo(merged);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "/a", "/a/", "/a/.b", "/a/...", "/..a/b..", "/100%", "/%zz", "/%4"})
    void theOnlySpelling(String path) {
        assertThat(DecodedPath.isCanonical(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//", "/a//b", "/.", "/a/./b", "/..", "/../a", "/a/..", "/a\\b", "/%41", "/%%2f"
            })
    void oneSpellingOfMany(String path) {
        assertThat(DecodedPath.isCanonical(path)).isFalse();
    }
}
