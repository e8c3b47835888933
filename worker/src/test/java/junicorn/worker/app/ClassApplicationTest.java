package junicorn.worker.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClassApplicationTest {
    private static final String SERVLET =
            """
            package app;
            import jakarta.servlet.http.*;
            public class %s extends HttpServlet {
                @Override protected void service(HttpServletRequest q, HttpServletResponse a) throws java.io.IOException {
                    a.getWriter().print("%s " + java.util.Objects.requireNonNullElse(q.getPathInfo(), q.getServletPath()) + " " + Thread.currentThread().getContextClassLoader().getName());
                }
            }
            """;

    private static final String FILTER =
            """
            package app;
            import jakarta.servlet.*;
            public class Mark extends jakarta.servlet.http.HttpFilter {
                @Override protected void doFilter(jakarta.servlet.http.HttpServletRequest q, jakarta.servlet.http.HttpServletResponse a, FilterChain c) throws java.io.IOException, ServletException {
                    a.setHeader("Filtered", "yes");
                    c.doFilter(q, a);
                }
            }
            """;

    @TempDir Path work;
    @TempDir Path scratch;

    @Test
    void aServletServesEveryPath() throws Exception {
        var app = new TestWar(scratch).source("app.Hello", SERVLET.formatted("Hello", "hello"));

        try (var running = start("app.Hello", "/", app)) {
            assertThat(running.get("/any/path"))
                    .contains("200 OK")
                    .endsWith("hello /any/path application");
        }
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void aServletIsBelowTheContextPath() throws Exception {
        var app = new TestWar(scratch).source("app.Hello", SERVLET.formatted("Hello", "hello"));

        try (var running = start("app.Hello", "/shop", app)) {
            assertThat(running.get("/shop/cart")).endsWith("hello /cart application");
            assertThat(running.get("/other")).contains("404 Not Found");
            assertThat(running.request("TRACE /shop/cart HTTP/1.1", "")).contains(" 405 ");
        }
    }

    @Test
    void annotationsSayWhereAServletIsAndWhatItGets() throws Exception {
        var app =
                new TestWar(scratch)
                        .source(
                                "app.Api",
                                """
                                package app;
                                import jakarta.servlet.annotation.*;
                                import jakarta.servlet.http.*;
                                @WebServlet(urlPatterns = {"/api/*", "/v2"}, name = "api", initParams = @WebInitParam(name = "colour", value = "red"))
                                public class Api extends HttpServlet {
                                    @Override protected void service(HttpServletRequest q, HttpServletResponse a) throws java.io.IOException {
                                        a.getWriter().print(getServletName() + " " + q.getPathInfo() + " " + getInitParameter("colour"));
                                    }
                                }
                                """);

        try (var running = start("app.Api", "/", app)) {
            assertThat(running.get("/api/x")).endsWith("api /x red");
            assertThat(running.get("/v2")).endsWith("api null red");
            assertThat(running.get("/")).contains("404 Not Found");
        }
    }

    @Test
    void annotationsSayWhoMayHaveAServlet() throws Exception {
        var app =
                new TestWar(scratch)
                        .source(
                                "app.Admin",
                                """
                                package app;
                                import jakarta.servlet.annotation.*;
                                import jakarta.servlet.http.*;
                                @WebServlet("/admin/*")
                                @ServletSecurity(
                                        value = @HttpConstraint(rolesAllowed = "admin"),
                                        httpMethodConstraints = {
                                            @HttpMethodConstraint(value = "POST", emptyRoleSemantic = ServletSecurity.EmptyRoleSemantic.DENY),
                                            @HttpMethodConstraint("PUT")
                                        })
                                public class Admin extends HttpServlet {
                                    @Override protected void service(HttpServletRequest q, HttpServletResponse a) throws java.io.IOException {
                                        a.getWriter().print("secret");
                                    }
                                }
                                """)
                        .source("app.Hello", SERVLET.formatted("Hello", "hello"));

        try (var running = start("app.Admin,app.Hello", "/", app)) {
            assertThat(running.get("/admin/x")).contains(" 403 ").doesNotContain("secret");
            assertThat(running.request("POST /admin/x HTTP/1.1", "a"))
                    .contains(" 403 ")
                    .doesNotContain("secret");
            assertThat(running.request("PUT /admin/x HTTP/1.1", "a")).endsWith("secret");
            assertThat(running.get("/hello")).contains("hello /hello");
        }
    }

    @Test
    void aFilterAndAServletAreNamedWithAComma() throws Exception {
        var app =
                new TestWar(scratch)
                        .source("app.Hello", SERVLET.formatted("Hello", "hello"))
                        .source("app.Mark", FILTER);

        try (var running = start("app.Mark,app.Hello", "/", app)) {
            assertThat(running.get("/x")).contains("Filtered: yes").contains("hello /x");
        }
    }

    @Test
    void aFilterAloneIsInFrontOfNothing() throws Exception {
        var app = new TestWar(scratch).source("app.Mark", FILTER);

        try (var running = start("app.Mark", "/", app)) {
            assertThat(running.get("/x")).contains("404 Not Found", "Filtered: yes");
        }
    }

    @Test
    void aMethodMayReturnPartsOfEveryServletKind() throws Exception {
        var app =
                new TestWar(scratch)
                        .source("app.Hello", SERVLET.formatted("Hello", "hello"))
                        .source("app.Mark", FILTER)
                        .source(
                                "app.Main",
                                """
                                package app;
                                import jakarta.servlet.*;
                                public class Main {
                                    public static java.util.List<Object> parts() {
                                        ServletContainerInitializer more = (types, context) ->
                                            context.addServlet("more", new Hello()).addMapping("/more");
                                        return java.util.List.of(new Mark(), Hello.class, more, new Names());
                                    }
                                    public static class Names implements ServletContextListener {
                                        public void contextInitialized(ServletContextEvent e) {
                                            e.getServletContext().addServlet("late", new Hello()).addMapping("/late");
                                        }
                                    }
                                }
                                """);

        try (var running = start("app.Main::parts", "/", app)) {
            assertThat(running.get("/x")).contains("Filtered: yes").contains("hello /x");
            assertThat(running.get("/more")).contains("hello /more");
            assertThat(running.get("/late")).contains("hello /late");
        }
    }

    @Test
    void aServletHasSessionsAndAsynchronousRequestsAndUploads() throws Exception {
        var app = new TestWar(scratch).source("Session").source("Async").source("Upload");

        try (var running = start("app.Session,app.Async,app.Upload", "/", app)) {
            assertThat(running.get("/session")).contains("Set-Cookie: JSESSIONID=w", "; HttpOnly");
            assertThat(running.get("/async")).endsWith("later");
        }
    }

    @Test
    void aJettyHandlerIsServedAsItIs() throws Exception {
        var app =
                new TestWar(scratch)
                        .source(
                                "app.Core",
                                """
                                package app;
                                import org.eclipse.jetty.server.*;
                                import org.eclipse.jetty.util.Callback;
                                public class Core extends Handler.Abstract.NonBlocking {
                                    @Override public boolean handle(Request q, Response a, Callback c) {
                                        if (!Request.getPathInContext(q).equals("/core")) { return false; }
                                        org.eclipse.jetty.io.Content.Sink.write(a, true, "core " + Thread.currentThread().getContextClassLoader().getName(), c);
                                        return true;
                                    }
                                }
                                """);

        try (var running = start("app.Core", "/", app)) {
            assertThat(running.get("/core")).contains("200 OK").endsWith("core application");
            assertThat(running.get("/other")).contains("404 Not Found");
        }
        try (var running = start("app.Core", "/shop", app)) {
            assertThat(running.get("/shop/core")).endsWith("core application");
            assertThat(running.get("/core")).contains("404 Not Found");
        }
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void anInitializerIsGivenTheTypesThatItHandles() throws Exception {
        var app =
                new TestWar(scratch)
                        .source("app.Hello", SERVLET.formatted("Hello", "hello"))
                        .source(
                                "app.Setup",
                                """
                                package app;
                                import jakarta.servlet.*;
                                @jakarta.servlet.annotation.HandlesTypes({Setup.Module.class, Setup.Marked.class})
                                public class Setup implements ServletContainerInitializer {
                                    public interface Module {}
                                    public static class One implements Module {}
                                    public static class Two extends One {}
                                    @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
                                    public @interface Marked {}
                                    @Marked public static class Three {}
                                    public void onStartup(java.util.Set<Class<?>> types, ServletContext context) {
                                        var names = new java.util.TreeSet<String>();
                                        types.forEach(type -> names.add(type.getSimpleName()));
                                        context.addServlet("hello", new Hello()).addMapping("/" + String.join("-", names));
                                    }
                                }
                                """);

        try (var running = start("app.Setup", "/", app)) {
            assertThat(running.get("/One-Three-Two")).endsWith("hello /One-Three-Two application");
        }
    }

    @Test
    void anApplicationLogsWithItsOwnSlf4jAndLogback() throws Exception {
        var classPath = new ArrayList<Path>();
        classPath.add(
                new TestWar(scratch)
                        .source("Logs")
                        .file("logback.xml", "<configuration/>")
                        .classes());
        try (var libraries = Files.list(ClassHidingTest.LIBRARIES)) {
            libraries.forEach(classPath::add);
        }

        try (var running = RunningApplication.start("app.Logs", classPath, "/", work)) {
            assertThat(running.get("/logs")).endsWith("ch.qos.logback.classic.Logger true");
        }
    }

    @Test
    void theWorkersOwnClassesAreHidden() throws Exception {
        var app = new TestWar(scratch).source("Probe");

        try (var running = start("app.Probe", "/", app)) {
            assertThat(running.get("/probe?class=junicorn.scoreboard.Scoreboard"))
                    .endsWith("hidden");
            assertThat(running.get("/probe?class=org.objectweb.asm.ClassReader"))
                    .endsWith("hidden");
            assertThat(running.get("/probe?class=junicorn.api.Response")).endsWith("Response");
            assertThat(running.get("/probe?class=org.eclipse.jetty.util.URIUtil"))
                    .endsWith("URIUtil");
            assertThat(running.get("/probe?class=org.slf4j.Logger")).endsWith("Logger");
            assertThat(
                            running.get(
                                    "/probe?resource=META-INF/services/org.slf4j.spi.SLF4JServiceProvider"))
                    .endsWith("null []");
        }
    }

    private RunningApplication start(String application, String contextPath, TestWar classes)
            throws Exception {
        return RunningApplication.start(application, List.of(classes.classes()), contextPath, work);
    }
}
