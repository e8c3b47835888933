package junicorn.worker.app;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import junicorn.api.Field;
import junicorn.api.HttpHandler;
import junicorn.api.Response;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Hosts a [HttpHandler]. Nothing here blocks or waits: an answer that is there is written at once,
/// by the thread that asked for it, and a promised one by whoever completes it.
final class ApiHandler extends Handler.Abstract.NonBlocking {
    /// Fields as Jetty has them. A handler gives the same list again and again, if it can.
    private record Fields(List<Field> from, List<HttpField> converted) {}

    private final HttpHandler application;

    /// Of the answer before. A race costs a conversion, no more: what is seen is whole.
    private Fields lastFields = new Fields(List.of(), List.of());

    ApiHandler(HttpHandler application) {
        this.application = application;
    }

    @Override
    public boolean handle(
            Request request, org.eclipse.jetty.server.Response response, Callback callback)
            throws Exception {
        var promised = application.handle(new ApiRequest(request));
        if (promised == null) {
            throw new NullPointerException("the handler returned null instead of a promise");
        }
        if (promised instanceof CompletableFuture<Response> future
                && future.state() == CompletableFuture.State.SUCCESS) {
            answer(future.resultNow(), response, callback);
        } else {
            promised.whenComplete((answer, failure) -> end(answer, failure, response, callback));
        }
        return true;
    }

    private void end(
            @Nullable Response answer,
            @Nullable Throwable failure,
            org.eclipse.jetty.server.Response response,
            Callback callback) {
        if (failure != null) {
            callback.failed(failure);
            return;
        }
        try {
            answer(answer, response, callback);
        } catch (RuntimeException e) {
            callback.failed(e);
        }
    }

    private void answer(
            @Nullable Response answer,
            org.eclipse.jetty.server.Response response,
            Callback callback) {
        if (answer == null) {
            throw new NullPointerException("the handler promised a response and gave null");
        }
        response.setStatus(answer.status());
        var headers = response.getHeaders();
        var fields = converted(answer.fields());
        for (int i = 0; i < fields.size(); i++) {
            headers.add(fields.get(i));
        }
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
    }

    private List<HttpField> converted(List<Field> fields) {
        var last = lastFields;
        if (last.from() != fields) {
            last = new Fields(fields, fields.stream().map(ApiHandler::converted).toList());
            lastFields = last;
        }
        return last.converted();
    }

    private static HttpField converted(Field field) {
        return new HttpField(field.name(), field.value());
    }
}
