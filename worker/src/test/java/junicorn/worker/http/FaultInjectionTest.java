package junicorn.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import junicorn.worker.poll.Concurrency;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Something throws, at each call between a request's first byte and its answer's last, one after
/// the other: hooks, customizers, handlers, the servlet, reads, writes, the access log, the end. No
/// place, buffer or connection may be lost by it.
final class FaultInjectionTest {
    private static final int POINTS_MAX = 200;

    private static final List<Concurrency> CLASSES =
            List.of(
                    new Concurrency.Sync(),
                    new Concurrency.Pool(2),
                    new Concurrency.Virtual(),
                    new Concurrency.Async());

    private static final List<String> REQUESTS =
            List.of(
                    "GET /plain HTTP/1.1\r\nHost: test\r\n\r\n",
                    "GET /pieces HTTP/1.1\r\nHost: test\r\n\r\n",
                    "GET /throws HTTP/1.1\r\nHost: test\r\n\r\n",
                    "GET /later HTTP/1.1\r\nHost: test\r\n\r\n",
                    "GET /dispatch HTTP/1.1\r\nHost: test\r\n\r\n",
                    "GET /timeout HTTP/1.1\r\nHost: test\r\n\r\n",
                    "POST /body HTTP/1.1\r\nHost: test\r\nContent-Length: 4\r\n\r\nbody");

    private final Faults faults = new Faults();

    static List<Object[]> cases() {
        var cases = new ArrayList<Object[]>();
        for (var concurrency : CLASSES) {
            REQUESTS.forEach(request -> cases.add(new Object[] {concurrency, request}));
        }
        return cases;
    }

    private Handler application(Server server) {
        server.setRequestLog((_, _) -> faults.at("the access log"));
        return new Handler.Wrapper(Servlets.application(this::serve)) {
            @Override
            public boolean handle(Request request, Response response, Callback callback)
                    throws Exception {
                request.addHttpStreamWrapper(faults::around);
                faults.at("before the handler");
                boolean handled = super.handle(request, response, callback);
                if (!leavesOpen(request.getHttpURI().getPath())) {
                    faults.at("after the handler");
                }
                return handled;
            }
        };
    }

    private void serve(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        faults.at("the servlet");
        if (request.getDispatcherType() != DispatcherType.REQUEST) {
            response.getWriter().print("again");
            return;
        }
        switch (request.getRequestURI()) {
            case "/pieces" -> {
                for (int i = 0; i < 3; i++) {
                    response.getOutputStream().write(new byte[100]);
                    response.flushBuffer();
                    faults.at("between two pieces");
                }
            }
            case "/throws" -> throw new IllegalStateException("on purpose, by the servlet");
            case "/later", "/dispatch", "/timeout" -> leaveOpen(request);
            case "/body" ->
                    response.getOutputStream().write(request.getInputStream().readAllBytes());
            default -> response.getWriter().print("plain");
        }
    }

    private static boolean leavesOpen(String path) {
        return List.of("/later", "/dispatch", "/timeout").contains(path);
    }

    private void leaveOpen(HttpServletRequest request) {
        var async = request.startAsync();
        async.setTimeout(100);
        switch (request.getRequestURI()) {
            case "/later" ->
                    async.start(
                            () -> {
                                faults.at("the application's thread");
                                async.complete();
                            });
            case "/dispatch" -> async.dispatch();
            default -> {}
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whateverIsThrownTheRequestEndsAndTheNextIsServed(Concurrency concurrency, String request)
            throws Exception {
        try (var worker =
                RunningWorker.start(concurrency, RunningWorker.PATIENT, this::application)) {
            worker.front().tell(hooks());
            worker.front().lost().patience(Duration.ofMillis(300));
            var spares = new AtomicInteger();
            for (int point = 1; point <= POINTS_MAX; point++) {
                faults.arm(point);
                try (var client = worker.connect().send(request)) {
                    answered(client);
                }
                awaitRest(worker);
                if (faults.thrown().isEmpty()) {
                    assertThat(point).as("points").isGreaterThan(8);
                    return;
                }
                proveNothingIsLost(worker, spares);
            }
        }
        throw new AssertionError("there is no end of points");
    }

    private void proveNothingIsLost(RunningWorker worker, AtomicInteger spares) throws Exception {
        faults.disarm();
        try (var next = worker.connect()) {
            assertThat(next.get("/plain").body()).as(faults.thrown()).isEqualTo("plain");
        }
        awaitRest(worker);
        Await.until(
                "a free place after " + faults.thrown(),
                worker.poll().admission()::unheld,
                count -> count == 0);
        Await.until(
                "all buffers after " + faults.thrown(),
                worker.poll().buffers()::spares,
                count -> count >= spares.get());
        spares.set(worker.poll().buffers().spares());
    }

    private void awaitRest(RunningWorker worker) {
        Await.until(
                "the end after " + faults.thrown(),
                () -> worker.open() == 0 ? "" : stillOpen(worker),
                String::isEmpty);
        worker.awaitConnections(0);
    }

    private static String stillOpen(RunningWorker worker) {
        return worker.front().lost().connections().stream()
                .map(it -> it.exchange().channel().toString())
                .toList()
                .toString();
    }

    /// Whatever it is: an answer, or the end.
    private static void answered(RawClient client) {
        try {
            client.answer();
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("neither an answer nor an end came", e);
        } catch (IOException e) {
            assertThat(e).isNotNull(); // broken off
        }
    }

    private RequestHooks hooks() {
        return new RequestHooks() {
            @Override
            public void began(Request request) {
                faults.at("a hook, before");
            }

            @Override
            public void ended(Request request, int status) {
                faults.at("a hook, after");
            }
        };
    }
}
