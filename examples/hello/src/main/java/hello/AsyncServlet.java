package hello;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// `/async?ms=2000` answers as late as [SlowServlet], and holds no request thread meanwhile.
@WebServlet(urlPatterns = "/async", asyncSupported = true)
public class AsyncServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("hello-timer").factory());

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        var wait = Wait.of(request);
        var later = request.startAsync();
        later.setTimeout(0);
        var _ = timer.schedule(() -> answer(later, wait), wait.millis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }

    private static void answer(AsyncContext later, Wait wait) {
        try {
            var response = (HttpServletResponse) later.getResponse();
            wait.answer(response, "Worker %d waited for %d ms without a thread.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            later.complete();
        }
    }
}
