package junicorn.worker.log;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/// A logger of Jetty's that writes to [System.Logger], one level quieter than Jetty thinks: what
/// Jetty finds worth an INFO ("Started ServerConnector") is for a debugging operator. Warnings
/// stay.
final class SystemLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;

    /// What these warn of is no warning for an operator: an application's failed start, which the
    /// worker reports itself and shorter; and schemas for a validation that is off.
    private static final Set<String> WARN_IN_VAIN =
            Set.of(
                    "org.eclipse.jetty.ee11.webapp.WebAppContext",
                    "org.apache.tomcat.util.descriptor.DigesterFactory");

    private final transient System.Logger target;
    private final System.Logger.Level warning;

    SystemLogger(String name) {
        this.name = name;
        target = System.getLogger(name);
        warning =
                WARN_IN_VAIN.contains(name)
                        ? System.Logger.Level.DEBUG
                        : System.Logger.Level.WARNING;
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
            case INFO -> System.Logger.Level.DEBUG;
            case WARN -> warning;
            case ERROR -> System.Logger.Level.ERROR;
        };
    }
}
