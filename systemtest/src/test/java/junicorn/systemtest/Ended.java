package junicorn.systemtest;

/// A server or command that has come to its end: the exit code and all it has written.
record Ended(int code, String out, String err) {
    /// Everything, as a user at a terminal sees it.
    String text() {
        return out + "\n" + err;
    }
}
