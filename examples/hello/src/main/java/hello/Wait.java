package hello;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// How long a request asked to wait: parameter `ms`, a second if it says nothing sensible, never
/// more than a minute.
record Wait(long millis) {
    private static final long MILLIS_MAX = 60_000;
    private static final long MILLIS_DEFAULT = 1_000;

    static Wait of(HttpServletRequest request) {
        var asked = request.getParameter("ms");
        if (asked == null || !asked.matches("[0-9]{1,9}")) {
            return new Wait(MILLIS_DEFAULT);
        }
        return new Wait(Math.min(Long.parseLong(asked), MILLIS_MAX));
    }

    /// `words` has a place for the pid and one for the milliseconds.
    void answer(HttpServletResponse response, String words) throws IOException {
        response.setContentType("text/plain; charset=utf-8");
        response.getWriter().println(words.formatted(Worker.pid(), millis));
    }
}
