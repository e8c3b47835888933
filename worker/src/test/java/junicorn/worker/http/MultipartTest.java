package junicorn.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.MultipartConfigElement;
import java.util.List;
import junicorn.worker.poll.Concurrency;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Handler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Multipart bodies that cannot be read: Jetty throws once more when it closes their parts.
final class MultipartTest {
    static final List<Concurrency> EACH =
            List.of(
                    new Concurrency.Sync(),
                    new Concurrency.Pool(2),
                    new Concurrency.Virtual(),
                    new Concurrency.Async());

    private static final String FIELD = "--B\r\nContent-Disposition: form-data; name=\"n\"";

    /// A file that is too large, a body that is cut off, an empty one, too many parts.
    private static final List<String> BAD =
            List.of(
                    FIELD + "; filename=\"f\"\r\n\r\n" + "x".repeat(3000) + "\r\n--B--\r\n",
                    FIELD + "\r\n\r\nv",
                    "",
                    (FIELD + "\r\n\r\nv\r\n").repeat(1001) + "--B--\r\n");

    private static Handler application() {
        var application =
                (ServletContextHandler)
                        Servlets.application(
                                (request, response) -> {
                                    if (request.getMethod().equals("POST")) {
                                        request.getParts();
                                    }
                                    response.getWriter().print("read");
                                });
        application
                .getServletHandler()
                .getServlets()[0]
                .getRegistration()
                .setMultipartConfig(new MultipartConfigElement("", 1000, -1, 0));
        return application;
    }

    @ParameterizedTest
    @FieldSource("EACH")
    void aBodyThatCannotBeReadCostsItsRequestAndNothingElse(Concurrency concurrency)
            throws Exception {
        try (var worker = RunningWorker.start(concurrency, application())) {
            for (var body : BAD) {
                var answer =
                        worker.connect()
                                .send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: ")
                                .send(body.length() + "\r\nContent-Type: multipart/form-data;")
                                .send(" boundary=B\r\n\r\n" + body)
                                .answer();

                assertThat(answer.status()).isBetween(400, 500);
                assertThat(worker.connect().get("/").body()).isEqualTo("read");
                worker.awaitRequests(0);
            }
        }
    }
}
