package junicorn.bench;

import java.util.List;
import java.util.concurrent.CompletionStage;
import junicorn.api.Field;
import junicorn.api.HttpHandler;
import junicorn.api.Request;
import junicorn.api.Response;

/// `hello.HelloServlet` without the servlet.
public final class HelloHandler implements HttpHandler {
    private static final List<Field> FIELDS = List.of(new Field("Content-Type", "text/plain"));

    @Override
    public CompletionStage<Response> handle(Request request) {
        return Response.of(200, FIELDS, Answers.HELLO).now();
    }
}
