package junicorn.worker.http.message;

/// Is told of each request that the application has: when it begins and when it is over. Called by
/// whichever thread begins or ends it; must be quick.
public interface RequestObserver {
    /// @param target as the client wrote it
    /// @return for [#requestEnded]
    int requestBegan(String method, String target, String version);

    /// @param ticket what [#requestBegan] said
    void requestEnded(int ticket);
}
