package app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.TreeSet;

/// Does by path what a handler for the JDK's own server may do.
public class Exchanges implements HttpHandler {
    @Override
    public void handle(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        switch (path) {
            case "/fixed" -> answer(exchange, 200, 5, "hello");
            case "/chunked" -> answer(exchange, 201, 0, "hello", " ", "chunks");
            case "/chunked-empty" -> answer(exchange, 200, 0);
            case "/none" -> answer(exchange, 200, -1);
            case "/none-unclosed" -> exchange.sendResponseHeaders(404, -1);
            case "/204" -> answer(exchange, 204, -1);
            case "/304" -> {
                exchange.getResponseHeaders().set("ETag", "\"1\"");
                answer(exchange, 304, -1);
            }
            case "/headers" -> {
                exchange.getResponseHeaders().put("x-many", List.of("1", "2"));
                exchange.getResponseHeaders().add("Content-Length", "77");
                answer(exchange, 200, 3, "abc");
            }
            case "/head" -> {
                exchange.getResponseHeaders().set("Content-Length", "77");
                answer(exchange, 200, -1);
            }
            default -> pieces(exchange, path);
        }
    }

    private static void pieces(HttpExchange exchange, String path) throws IOException {
        switch (path) {
            case "/big-fixed" -> answer(exchange, 200, 300_000, "x".repeat(299_999), "y");
            case "/small-pieces" -> answer(exchange, 200, 20_000, "0123456789".repeat(2000).split(""));
            case "/big-chunked" -> answer(exchange, 200, 0, "x".repeat(5_000), "y".repeat(300_000), "z");
            case "/unclosed" -> {
                exchange.sendResponseHeaders(200, 5);
                exchange.getResponseBody().write("hello".getBytes());
                exchange.getResponseBody().flush();
            }
            case "/exchange-closed" -> {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write("hello".getBytes());
                exchange.close();
                exchange.close();
            }
            default -> unusual(exchange, path);
        }
    }

    private static void unusual(HttpExchange exchange, String path) throws IOException {
        switch (path) {
            case "/echo" -> {
                try (InputStream in = exchange.getRequestBody()) {
                    var body = in.readAllBytes();
                    answer(exchange, 200, body.length == 0 ? -1 : body.length, new String(body));
                }
            }
            case "/later" -> {
                exchange.setAttribute("who", "later");
                new Thread(() -> later(exchange)).start();
            }
            case "/too-many" -> {
                exchange.sendResponseHeaders(200, 3);
                exchange.getResponseBody().write("abc".getBytes());
                answerTo(exchange, () -> exchange.getResponseBody().write('d'));
            }
            case "/too-few" -> {
                exchange.sendResponseHeaders(200, 9);
                exchange.getResponseBody().write("abc".getBytes());
                exchange.getResponseBody().flush();
                swallow(() -> exchange.getResponseBody().close());
            }
            case "/refusals" -> refusals(exchange);
            case "/throws" -> throw new IllegalStateException("secret");
            case "/throws-late" -> {
                exchange.sendResponseHeaders(200, 9);
                exchange.getResponseBody().write("abc".getBytes());
                exchange.getResponseBody().flush();
                throw new IOException("secret");
            }
            case "/closed-unanswered" -> exchange.close();
            default -> facts(exchange);
        }
    }

    private static void answer(HttpExchange exchange, int code, long length, String... pieces)
            throws IOException {
        exchange.sendResponseHeaders(code, length);
        try (OutputStream out = exchange.getResponseBody()) {
            for (var piece : pieces) {
                if (!piece.isEmpty()) {
                    out.write(piece.getBytes());
                }
            }
        }
    }

    private static void later(HttpExchange exchange) {
        try {
            answer(exchange, 200, 5, exchange.getAttribute("who").toString());
        } catch (IOException e) {
            exchange.close();
        }
    }

    private static void refusals(HttpExchange exchange) throws IOException {
        var seen = swallow(() -> exchange.getResponseBody().write(1)) + exchange.getResponseCode();
        exchange.sendResponseHeaders(202, 0);
        seen += swallow(() -> exchange.sendResponseHeaders(200, 0)) + exchange.getResponseCode();
        exchange.getResponseBody().write(seen.getBytes());
        exchange.getResponseBody().close();
    }

    private static void facts(HttpExchange exchange) throws IOException {
        exchange.setAttribute("a", "1");
        exchange.setAttribute("b", null);
        var out = new StringBuilder();
        out.append(exchange.getRequestMethod()).append('|').append(exchange.getRequestURI());
        out.append('|').append(exchange.getRequestURI().getQuery());
        out.append('|').append(exchange.getProtocol()).append('|').append(exchange.getAttribute("a"));
        out.append('|').append(exchange.getAttribute("b")).append(exchange.getAttribute("c"));
        out.append('|').append(exchange.getRequestBody() == exchange.getRequestBody());
        out.append('|').append(exchange.getRequestHeaders().get("X-many"));
        out.append('|').append(exchange.getRequestHeaders().getFirst("x-MANY"));
        out.append('|').append(new TreeSet<>(exchange.getRequestHeaders().keySet()));
        out.append('|').append(exchange.getResponseHeaders() == exchange.getResponseHeaders());
        out.append('|').append(exchange.getHttpContext().getPath()).append(exchange.getPrincipal());
        out.append('|').append(exchange.getRemoteAddress() != null && exchange.getLocalAddress() != null);
        out.append('|').append(swallow(() -> exchange.getRequestHeaders().add("x", "y")));
        answer(exchange, 200, out.length(), out.toString());
    }

    private static void answerTo(HttpExchange exchange, Attempt attempt) {
        swallow(attempt);
        exchange.close();
    }

    private static String swallow(Attempt attempt) {
        try {
            attempt.run();
            return "nothing";
        } catch (IOException | RuntimeException e) {
            return e.getClass().getSimpleName();
        }
    }

    private interface Attempt {
        void run() throws IOException;
    }
}
