package junicorn.worker.log;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/// What SLF4J finds in the worker: loggers that write to [System.Logger]. For Jetty only:
/// applications see neither this nor our SLF4J, they bring their own.
public final class SystemLoggerProvider implements SLF4JServiceProvider {
    /// The logger behind `ServletContext.log`.
    public static final String APPLICATION = "junicorn.application";

    /// The version of the API that this is written to, as SLF4J wants it: not a constant for javac.
    private static final String API_VERSION = "2.0.99";

    private final ConcurrentMap<String, Logger> loggers = new ConcurrentHashMap<>();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter context = new NOPMDCAdapter();

    @Override
    public void initialize() {
        // everything is there
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return name -> loggers.computeIfAbsent(name, SystemLoggerProvider::logger);
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    @Override
    public String getRequestedApiVersion() {
        return API_VERSION;
    }

    private static Logger logger(String name) {
        return new SystemLogger(name, System.getLogger(name));
    }
}
