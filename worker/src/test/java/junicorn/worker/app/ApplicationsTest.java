package junicorn.worker.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApplicationsTest {
    @TempDir Path work;
    @TempDir Path scratch;

    @Test
    void servletsFiltersAndListenersAreFoundByTheirAnnotations() throws Exception {
        var war = new TestWar(scratch).source("Parts");

        try (var running = RunningApplication.start(war, work)) {
            assertThat(running.get("/parts"))
                    .startsWith("HTTP/1.1 200")
                    .contains("X-Filtered: yes")
                    .endsWith("listener ran, constructed");
        }
    }

    @Test
    void webXmlAndAFragmentInALibraryAreRead() throws Exception {
        var fragment =
                new TestWar(scratch)
                        .source("lib.Hi", servlet("lib", "Hi", "fragment"))
                        .file(
                                "META-INF/web-fragment.xml",
                                """
                                <web-fragment xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1">
                                  <servlet><servlet-name>f</servlet-name><servlet-class>lib.Hi</servlet-class></servlet>
                                  <servlet-mapping><servlet-name>f</servlet-name><url-pattern>/f</url-pattern></servlet-mapping>
                                </web-fragment>
                                """)
                        .file("META-INF/resources/from-library.txt", "resource");
        var war =
                new TestWar(scratch)
                        .source("app.Hi", servlet("app", "Hi", "web.xml"))
                        .library("fragment.jar", fragment)
                        .webXml(
                                """
                                <servlet><servlet-name>w</servlet-name><servlet-class>app.Hi</servlet-class></servlet>
                                <servlet-mapping><servlet-name>w</servlet-name><url-pattern>/w</url-pattern></servlet-mapping>
                                """);

        try (var running = RunningApplication.start(war, work)) {
            assertThat(running.get("/w")).endsWith("web.xml");
            assertThat(running.get("/f")).endsWith("fragment");
            assertThat(running.get("/from-library.txt")).endsWith("resource");
        }
    }

    @Test
    void aJspPageUsesExpressionsTagsAndCurrentJava() throws Exception {
        var war =
                new TestWar(scratch)
                        .file("WEB-INF/tags/twice.tag", "<%@ attribute name=\"w\" %>${w}${w}")
                        .file(
                                "page.jsp",
                                """
                                <%@ taglib prefix="t" tagdir="/WEB-INF/tags" %><%@ page session="false" %>
                                <%! record Pair(int a, int b) {} %>
                                <% Object o = new Pair(3, 4); if (o instanceof Pair(int a, int b)) { %><%= a + b %><% } %>
                                ${param.n + 1} <t:twice w="ho"/>
                                """);

        try (var running = RunningApplication.start(war, work)) {
            var words = RunningApplication.body(running.get("/page.jsp?n=41")).split("\\s+");
            assertThat(words).contains("7", "42", "hoho");
        }
    }

    @Test
    void asyncServletsAndMultipartFormsWork() throws Exception {
        var war = new TestWar(scratch).source("Async").source("Upload");
        var form =
                """
                --X
                Content-Disposition: form-data; name="f"; filename="a.txt"

                12345
                --X--
                """
                        .replace("\n", "\r\n");

        try (var running = RunningApplication.start(war, work)) {
            assertThat(running.get("/async")).endsWith("later");
            assertThat(
                            running.request(
                                    "POST /upload HTTP/1.1",
                                    form,
                                    "Content-Type: multipart/form-data; boundary=X"))
                    .endsWith("a.txt 5");
        }
    }

    @Test
    void websocketEndpointsDeployAndOthersPayNoFilter() throws Exception {
        var war = new TestWar(scratch).source("Echo").source("Filters");

        try (var running = RunningApplication.start(war, work)) {
            assertThat(running.get("/filters")).contains("WebSocketUpgradeFilter");
            assertThat(
                            running.get(
                                    "/echo",
                                    "Upgrade: websocket",
                                    "Connection: Upgrade",
                                    "Sec-WebSocket-Version: 13",
                                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="))
                    .startsWith("HTTP/1.1 101");
        }
        try (var running = RunningApplication.start(new TestWar(scratch).source("Filters"), work)) {
            assertThat(running.get("/filters")).endsWith("[]");
        }
    }

    @Test
    void anExplodedDirectoryIsServedWhereItLies() throws Exception {
        var directory = new TestWar(scratch).file("WEB-INF/x", "").file("a.txt", "a").exploded();

        try (var running = RunningApplication.start(directory, "/", work)) {
            Files.writeString(directory.resolve("b.txt"), "new");

            assertThat(running.get("/a.txt")).endsWith("a");
            assertThat(running.get("/b.txt")).endsWith("new");
        }
        assertThat(directory.resolve("a.txt")).exists();
    }

    @Test
    void aContextPathIsPartOfEveryAddress() throws Exception {
        var war = new TestWar(scratch).source("Hi").packed();

        try (var running = RunningApplication.start(war, "/shop", work)) {
            assertThat(running.get("/shop/hi")).endsWith("hi from /shop");
            assertThat(running.get("/hi")).startsWith("HTTP/1.1 404").doesNotContain("Jetty");
        }
    }

    @Test
    void aSessionBelongsToItsWorkerAndItsCookieIsNotForScripts() throws Exception {
        var war = new TestWar(scratch).source("Session");

        try (var running = RunningApplication.start(war, work)) {
            var pid = Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX);

            assertThat(running.get("/session"))
                    .containsPattern("Set-Cookie: JSESSIONID=w" + pid + "[^;]*; Path=/; HttpOnly");
        }
    }

    @Test
    void jndiNamesOfWebXmlAreFound() throws Exception {
        var war =
                new TestWar(scratch)
                        .source("Names")
                        .webXml(
                                """
                                <env-entry><env-entry-name>limit</env-entry-name>
                                <env-entry-type>java.lang.Integer</env-entry-type>
                                <env-entry-value>7</env-entry-value></env-entry>
                                """);

        try (var running = RunningApplication.start(war, work)) {
            assertThat(running.get("/names")).endsWith("7");
        }
    }

    @Test
    void anApplicationThatWantsLoginsStartsAndRefusesEverybody() throws Exception {
        var war =
                new TestWar(scratch)
                        .file("open.txt", "open")
                        .file("secret.txt", "secret")
                        .webXml(
                                """
                                <security-constraint>
                                  <web-resource-collection>
                                    <web-resource-name>s</web-resource-name><url-pattern>/secret.txt</url-pattern>
                                  </web-resource-collection>
                                  <auth-constraint><role-name>admin</role-name></auth-constraint>
                                </security-constraint>
                                <login-config><auth-method>BASIC</auth-method></login-config>
                                <security-role><role-name>admin</role-name></security-role>
                                """);

        try (var running = RunningApplication.start(war, work)) {
            assertThat(running.get("/open.txt")).endsWith("open");
            assertThat(running.get("/secret.txt", "Authorization: Basic YTph"))
                    .startsWith("HTTP/1.1 401")
                    .doesNotContain("secret");
        }
    }

    @Test
    void whatIsNoApplicationIsRefusedWithItsName() throws Exception {
        var directory = Files.createDirectory(scratch.resolve("etc"));
        var text = Files.writeString(scratch.resolve("text.war"), "not a zip");

        assertThatThrownBy(() -> RunningApplication.start(directory, "/", work))
                .hasMessageContaining(directory + " is not a web application");
        assertThatThrownBy(() -> RunningApplication.start(text, "/", work))
                .hasMessageContaining(text + " is not a WAR or is damaged");
        assertThatThrownBy(() -> RunningApplication.start(Path.of("/no/such.war"), "/", work))
                .hasMessageContaining("/no/such.war does not exist");
        assertThat(work).isEmptyDirectory();
    }

    private static String servlet(String packageName, String name, String answer) {
        return """
        package %s;
        public class %s extends jakarta.servlet.http.HttpServlet {
            @Override protected void doGet(jakarta.servlet.http.HttpServletRequest q,
                    jakarta.servlet.http.HttpServletResponse r) throws java.io.IOException {
                r.getWriter().print("%s");
            }
        }
        """
                .formatted(packageName, name, answer);
    }
}
