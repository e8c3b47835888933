package junicorn.worker.log;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/// A logger that writes to [System.Logger]. Jetty's are one level quieter than Jetty thinks: what
/// it finds worth an INFO ("Started ServerConnector") is for a debugging operator. Warnings stay,
/// and so does what the application says through `ServletContext.log`.
final class SystemLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;

    /// What these warn of is no warning for an operator: a start or a class that fails is thrown,
    /// and reported once; schemas are missing for a validation that is off; a class that lies in
    /// two libraries is a line for each class.
    private static final Set<String> WARN_IN_VAIN =
            Set.of(
                    "org.eclipse.jetty.annotations.AnnotationParser",
                    "org.eclipse.jetty.ee11.webapp.WebAppContext",
                    "org.eclipse.jetty.ee11.webapp.Descriptor",
                    "org.eclipse.jetty.ee11.webapp.WebDescriptor",
                    "org.eclipse.jetty.ee11.webapp.FragmentDescriptor",
                    "org.eclipse.jetty.ee11.servlet.BaseHolder",
                    "org.eclipse.jetty.xml.XmlParser",
                    "org.apache.tomcat.util.descriptor.DigesterFactory");

    /// Jetty's word, in the application's name, for a servlet that it is about to fail with.
    private static final String UNAVAILABLE = "unavailable";

    private final transient System.Logger target;
    private final boolean inVain;
    private final System.Logger.Level info;

    SystemLogger(String name, System.Logger target) {
        this.name = name;
        this.target = target;
        inVain = WARN_IN_VAIN.contains(name);
        info =
                name.equals(SystemLoggerProvider.APPLICATION)
                        ? System.Logger.Level.INFO
                        : System.Logger.Level.DEBUG;
    }

    @Override
    public boolean isTraceEnabled() {
        return isEnabled(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return isEnabled(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return isEnabled(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return isEnabled(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return isEnabled(Level.ERROR);
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return SystemLogger.class.getName();
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String pattern,
            Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        if (level == Level.WARN && UNAVAILABLE.equals(pattern) && Starting.now()) {
            return;
        }
        var text = MessageFormatter.basicArrayFormat(pattern, arguments);
        if (failure == null) {
            target.log(ours(level), text);
        } else {
            target.log(ours(level), text, failure);
        }
    }

    private boolean isEnabled(Level level) {
        return target.isLoggable(ours(level));
    }

    private System.Logger.Level ours(Level level) {
        return switch (level) {
            case TRACE, DEBUG -> System.Logger.Level.TRACE;
            case INFO -> info;
            case WARN -> inVain ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING;
            case ERROR -> inVain ? System.Logger.Level.DEBUG : System.Logger.Level.ERROR;
        };
    }
}
