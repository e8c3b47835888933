package junicorn.worker.app;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URL;
import java.nio.file.Path;
import junicorn.worker.log.Starting;
import junicorn.worker.log.SystemLoggerProvider;
import org.eclipse.jetty.ee11.annotations.AnnotationConfiguration;
import org.eclipse.jetty.ee11.plus.webapp.EnvConfiguration;
import org.eclipse.jetty.ee11.plus.webapp.PlusConfiguration;
import org.eclipse.jetty.ee11.servlet.ServletHandler;
import org.eclipse.jetty.ee11.webapp.Configuration;
import org.eclipse.jetty.ee11.webapp.FragmentConfiguration;
import org.eclipse.jetty.ee11.webapp.JspConfiguration;
import org.eclipse.jetty.ee11.webapp.MetaInfConfiguration;
import org.eclipse.jetty.ee11.webapp.WebAppConfiguration;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.ee11.webapp.WebInfConfiguration;
import org.eclipse.jetty.ee11.webapp.WebXmlConfiguration;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketConfiguration;
import org.eclipse.jetty.http.content.HttpContent;
import org.eclipse.jetty.security.DefaultIdentityService;
import org.eclipse.jetty.security.EmptyLoginService;
import org.eclipse.jetty.security.SecurityHandler;
import org.eclipse.jetty.server.Server;
import org.slf4j.LoggerFactory;

/// One web application in this worker: Jetty's context with our class hiding, our defaults and our
/// work directory. Extends it because Jetty asks the context itself what to hide.
///
/// Left out of Jetty's usual configurations: `jetty-web.xml` (the application never sees Jetty) and
/// the scan of the server's own jars (no container include pattern: only WEB-INF is scanned).
final class WebApplication extends WebAppContext {
    private static final System.Logger LOG = System.getLogger(WebApplication.class.getName());

    private final Visibility visibility = Visibility.forWars();
    private final WorkDirectory work;

    /// `root` has WEB-INF in it.
    WebApplication(Path root, String contextPath, WorkDirectory work, Server server) {
        this.work = work;
        setServer(server);
        setContextPath(contextPath.isEmpty() ? "/" : contextPath);
        setBaseResourceAsPath(root);
        setTempDirectory(work.path().resolve("temp").toFile());
        setConfigurations(
                new Configuration[] {
                    new WebInfConfiguration(),
                    new WebXmlConfiguration(),
                    new MetaInfConfiguration(),
                    new FragmentConfiguration(),
                    new WebAppConfiguration(),
                    new JspConfiguration(),
                    new EnvConfiguration(),
                    new PlusConfiguration(),
                    new JakartaWebSocketConfiguration(),
                    new AnnotationConfiguration()
                });
        getServletHandler().setDecodeAmbiguousURIs(true); // --uri-compliance has decided
        setDefaultsDescriptor("junicorn/worker/app/webdefault.xml");
        setThrowUnavailableOnStartupException(true);
        setErrorHandler(new ErrorPages());
        setLogger(LoggerFactory.getLogger(SystemLoggerProvider.APPLICATION));
        getSessionHandler().setHttpOnly(true);
        setAttribute(
                AnnotationConfiguration.MAX_SCAN_WAIT, Integer.MAX_VALUE); // --boot-timeout rules
        setAttribute(HttpContent.Factory.class.getName(), new StaticContent(this));
        insertHandler(new NoTrace());
    }

    @Override
    protected SecurityHandler newSecurityHandler() {
        return new ConstraintMatching();
    }

    @Override
    protected ServletHandler newServletHandler() {
        return new ServletMatching();
    }

    @Override
    public boolean isHiddenClass(Class<?> type) {
        return visibility.hides(type);
    }

    @Override
    public boolean isHiddenResource(String name, URL url) {
        return visibility.hides(name, url);
    }

    @Override
    protected void doStart() throws Exception {
        try {
            Starting.run(super::doStart);
            WebSockets.settle(this);
        } catch (Throwable e) {
            removeWorkDirectory();
            throw e;
        }
    }

    @Override
    protected void startWebapp() throws Exception {
        WebSockets.prepare(this);
        letNobodyLogIn();
        super.startWebapp();
    }

    /// An application whose `web.xml` wants logins by the container starts, and everybody is
    /// refused: there is no user database here. Without this, Jetty would refuse to start.
    private void letNobodyLogIn() {
        var security = getSecurityHandler();
        var method = security.getAuthenticationType();
        if (method != null && security.getLoginService() == null) {
            LOG.log(
                    Level.WARNING,
                    "the application wants logins by the container, which knows no users: nobody"
                            + " can log in, auth-method={0}",
                    method);
            security.setLoginService(new EmptyLoginService());
            security.setIdentityService(new DefaultIdentityService());
        }
    }

    @Override
    protected void doStop() throws Exception {
        try {
            super.doStop();
        } finally {
            removeWorkDirectory();
        }
    }

    private void removeWorkDirectory() {
        try {
            work.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, () -> "cannot remove work directory path=" + work.path(), e);
        }
    }
}
