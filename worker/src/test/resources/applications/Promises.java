package app;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import junicorn.api.HttpHandler;
import junicorn.api.Request;
import junicorn.api.Response;

/// A handler that does by path what a handler may do.
public class Promises implements HttpHandler {
    @Override
    @SuppressWarnings("NullAway")
    public CompletionStage<Response> handle(Request request) {
        return switch (request.path()) {
            case "/now" -> Response.text("now").now();
            case "/later" -> CompletableFuture.supplyAsync(() -> Response.text("later"));
            case "/echo" -> request.body().thenApply(bytes -> Response.of(201, List.of(), bytes));
            case "/request" -> Response.text(words(request)).now();
            case "/fields" -> Response.json("[]").with("A", "1").with("A", "2").with(404).now();
            case "/nothing" -> Response.of(204).now();
            case "/throws" -> throw new IllegalStateException("secret");
            case "/fails" -> CompletableFuture.failedFuture(new IllegalStateException("secret"));
            case "/null" -> null;
            case "/promises-null" -> CompletableFuture.completedFuture(null);
            case "/later-null" -> CompletableFuture.supplyAsync(() -> null);
            default -> Response.of(404).now();
        };
    }

    private static String words(Request request) {
        return request.method() + " " + request.path() + " " + request.query() + " "
                + request.field("x-one").orElse("none") + " " + request.field("X-Two").orElse("none") + " "
                + request.isSecure() + " " + request.fields().size() + " " + (request.remoteAddress() != null);
    }
}
