package junicorn.worker.http;

/// Is told of each request that the application has: when it begins and when it is over. Called by
/// whichever thread begins or ends it; must be quick.
public interface RequestObserver {
    void requestBegan();

    void requestEnded();
}
