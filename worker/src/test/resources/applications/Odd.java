package app;

import com.sun.net.httpserver.HttpHandler;
import jakarta.servlet.http.HttpServlet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Whatever is no application, or fails to become one.
public class Odd extends ArrayList<String> {
    public static List<Object> isOdd() {
        return List.of("text");
    }

    public static HttpHandler isNull() {
        return null;
    }

    public static void isVoid() {}

    public static Object needsMore(String more) {
        return more;
    }

    public static HttpHandler throwsInside() {
        throw new IllegalStateException("no database");
    }

    public static Object nullInside() {
        return Arrays.asList((Object) null);
    }

    public static Object twoHandlers() {
        HttpHandler handler = exchange -> {};
        return new Object[] {handler, handler};
    }

    public static Object aServer() {
        return new org.eclipse.jetty.server.Server();
    }

    public static Object anEndpoint() {
        return new Chat();
    }

    public Object instance() {
        return this;
    }

    static Object hidden() {
        return "";
    }

    public static class Task implements Runnable {
        @Override
        public void run() {}
    }

    public static class Plain {}

    @jakarta.websocket.server.ServerEndpoint("/chat")
    public static class Chat {}

    public abstract static class Unfinished extends HttpServlet {}

    public static class NeedsMore extends HttpServlet {
        public NeedsMore(String more) {}
    }

    static class Hidden extends HttpServlet {
        public Hidden() {}
    }

    public static class Throws extends HttpServlet {
        public Throws() {
            throw new IllegalStateException("no licence");
        }
    }

    public static class Broken extends HttpServlet {
        static final int NUMBER = Integer.parseInt("none");
    }
}
