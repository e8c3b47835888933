package junicorn.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import junicorn.worker.app.Applications;
import junicorn.worker.poll.Concurrency;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// WebSockets of applications that are named by a class. Each kind has a class loader of its own
/// here, as in a worker, so it knows nothing of the test.
final class ClassWebSocketTest {
    /// An application by itself.
    @ServerEndpoint("/echo")
    public static final class Annotated {
        @OnMessage
        public String echo(String message) {
            return message;
        }
    }

    public static final class Initializer implements ServletContainerInitializer {
        @Override
        public void onStartup(Set<Class<?>> types, ServletContext context) throws ServletException {
            var container = context.getAttribute(ServerContainer.class.getName());
            try {
                ((ServerContainer) container).addEndpoint(Annotated.class);
            } catch (DeploymentException e) {
                throw new ServletException(e);
            }
        }
    }

    /// Jetty's own interface needs the server, which a handler knows when it is started.
    public static final class JettyHandler extends Handler.Wrapper {
        @Override
        protected void doStart() throws Exception {
            setHandler(
                    WebSocketUpgradeHandler.from(
                            getServer(),
                            container ->
                                    container.addMapping("/echo", (_, _, _) -> new JettyEcho())));
            super.doStart();
        }
    }

    public static final class JettyEcho extends Session.Listener.AbstractAutoDemanding {
        @Override
        public void onWebSocketText(String message) {
            getSession().sendText(message, Callback.NOOP);
        }
    }

    @TempDir private Path work;

    static List<Arguments> each() {
        return Stream.of(Annotated.class, Initializer.class, JettyHandler.class)
                .flatMap(
                        type ->
                                WebSocketTest.CLASSES.stream()
                                        .map(concurrency -> Arguments.of(type, concurrency)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("each")
    void anEndpointEchoesAndIsToldToGo(Class<?> type, Concurrency concurrency) throws Exception {
        try (var worker =
                        RunningWorker.start(
                                concurrency, RunningWorker.PATIENT, server -> load(type, server));
                var client = WebSocketClient.open(worker.address(), "/echo")) {
            assertThat(client.text("hello").read().payload()).isEqualTo("hello");

            worker.poll().drain();

            assertThat(client.answerClose()).isEqualTo(1001);
            assertThat(client.ended()).isTrue();
        }
    }

    private Handler load(Class<?> type, Server server) {
        server.setTempDirectory(work.toFile());
        try {
            var classes = type.getProtectionDomain().getCodeSource().getLocation().toURI();
            return Applications.load(type.getName(), List.of(Path.of(classes)), "/", server);
        } catch (Exception e) {
            throw new AssertionError("not loaded: " + type, e);
        }
    }
}
