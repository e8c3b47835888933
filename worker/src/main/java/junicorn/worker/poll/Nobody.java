package junicorn.worker.poll;

/// Answers for a socket that nobody answers for yet.
enum Nobody implements SocketOwner {
    YET;

    @Override
    public void ready(int interest) {}

    @Override
    public void expired() {}

    @Override
    public void draining() {}
}
