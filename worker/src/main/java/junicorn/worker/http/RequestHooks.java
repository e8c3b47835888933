package junicorn.worker.http;

import org.eclipse.jetty.server.Request;

/// Is told of each request before the application gets it and when it is over: by the thread that
/// runs it, and by whichever ends it. Must not throw.
public interface RequestHooks {
    void began(Request request);

    /// @param status of the answer; 0 if there was none
    void ended(Request request, int status);
}
