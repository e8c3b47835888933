#!/usr/bin/env bash
# An endpoint of jakarta.websocket in Jetty 12.1 that closes its own session with a code other than 1000, like 1001
# (Going Away), is told of an error: its @OnError is called with a CloseException "Abnormal Close" while its peer gets
# the CLOSE frame that was asked for and answers it. An endpoint without @OnError gets a warning with a stack in the
# log instead. Jetty does the same to every session that is open when its server stops.
# One would guess that only @OnClose is called: the specification has onError for errors, and asked to close it has
# made none (Jakarta WebSocket 2.2, Session.close(CloseReason); RFC 6455, section 7.4.1 calls 1001 a status like any).
#
# Seen with jetty-ee11-websocket-jakarta-server 12.1.12, OpenJDK 25: the lines below. Exits 1 if one is different.
# Needs a JDK 17 or newer (JAVA_HOME or the PATH) and Maven.
set -eu
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
javac=${JAVA_HOME:+$JAVA_HOME/bin/}javac
command -v "$javac" >/dev/null && command -v mvn >/dev/null || { echo "needs a JDK and Maven"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.eclipse.jetty.ee11.websocket</groupId>
      <artifactId>jetty-ee11-websocket-jakarta-server</artifactId>
      <version>12.1.12</version>
    </dependency>
    <dependency>
      <groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version>
    </dependency>
  </dependencies>
</project>
XML
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >mvn.log 2>&1 || { cat mvn.log; exit 77; }
cat >Finding.java <<'JAVA'
import jakarta.websocket.*;
import jakarta.websocket.server.ServerEndpoint;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.*;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

public class Finding {
    static final BlockingQueue<String> CALLED = new LinkedBlockingQueue<>();

    @ServerEndpoint("/")
    public static class Leaver {
        @OnMessage
        public void leave(String code, Session session) throws Exception {
            var number = CloseReason.CloseCodes.getCloseCode(Integer.parseInt(code));
            session.close(new CloseReason(number, "bye"));
        }

        @OnError
        public void error(Throwable cause) {
            CALLED.add("onError " + cause.getClass().getSimpleName() + ": " + cause.getMessage());
        }

        @OnClose
        public void close(CloseReason reason) {
            CALLED.add("onClose " + reason.getCloseCode().getCode());
        }
    }

    public static void main(String[] arguments) throws Exception {
        var server = new Server();
        var connector = new ServerConnector(server);
        server.addConnector(connector);
        var context = new ServletContextHandler("/");
        JakartaWebSocketServletContainerInitializer.configure(
                context, (servlets, container) -> container.addEndpoint(Leaver.class));
        server.setHandler(context);
        server.start();
        boolean right = true;
        for (var code : List.of("1000", "1001")) {
            var peer = new CompletableFuture<Integer>();
            var socket =
                    HttpClient.newHttpClient()
                            .newWebSocketBuilder()
                            .buildAsync(
                                    URI.create("ws://127.0.0.1:" + connector.getLocalPort() + "/"),
                                    new WebSocket.Listener() {
                                        @Override
                                        public CompletionStage<?> onClose(WebSocket it, int status, String why) {
                                            peer.complete(status);
                                            return null;
                                        }
                                    })
                            .get(10, TimeUnit.SECONDS);
            socket.sendText(code, true).get(10, TimeUnit.SECONDS);
            int status = peer.get(10, TimeUnit.SECONDS);
            var called = new ConcurrentSkipListSet<String>();
            for (var word = CALLED.poll(10, TimeUnit.SECONDS); word != null; word = CALLED.poll(1, TimeUnit.SECONDS)) {
                called.add(word);
            }
            var expected =
                    code.equals("1000")
                            ? "[onClose 1000]"
                            : "[onClose 1001, onError CloseException: Abnormal Close]";
            right &= called.toString().equals(expected) && status == Integer.parseInt(code);
            System.out.println("closed with " + code + ": the peer sees " + status + ", the endpoint " + called);
        }
        server.stop();
        System.exit(right ? 0 : 1);
    }
}
JAVA
"$java" -version 2>&1 | head -1
"$javac" -cp 'lib/*' Finding.java
"$java" -cp '.:lib/*' Finding
