package junicorn.worker.http.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.eclipse.jetty.http.HostPortHttpField;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.util.HostPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The scheme of a request is its connection's.
final class RequestTargetTest {
    private static HttpURI uri(String target, boolean secure) {
        return new RequestTarget("GET", target, new HostPortHttpField("test"), true)
                .uri(new UriCache(), UriRules.DEFAULT, secure, () -> new HostPort("here", 80));
    }

    @ParameterizedTest
    @CsvSource({
        "/a, false, http://test/a",
        "/a, true, https://test/a",
        "http://test/a, false, http://test/a",
        "https://test/a, true, https://test/a",
        "http://test/a, true, https://test/a",
        "HTTP://TEST/a, false, http://TEST/a",
    })
    void isTheConnections(String target, boolean secure, String expected) {
        assertThat(uri(target, secure).asString()).isEqualTo(expected);
    }

    @Test
    void aTargetDoesNotMakeAConnectionSecure() {
        assertThatThrownBy(() -> uri("https://test/a", false))
                .isInstanceOfSatisfying(
                        HttpException.RuntimeException.class,
                        e -> assertThat(e.getCode()).isEqualTo(421));
    }

    /// What was found for one kind of connection is not given to the other.
    @Test
    void theCacheKeepsThemApart() {
        var known = new UriCache();
        var target = new RequestTarget("GET", "/a", new HostPortHttpField("test"), true);

        target.uri(known, UriRules.DEFAULT, true, () -> new HostPort("here"));
        var plain = target.uri(known, UriRules.DEFAULT, false, () -> new HostPort("here"));

        assertThat(plain.getScheme()).isEqualTo("http");
    }
}
