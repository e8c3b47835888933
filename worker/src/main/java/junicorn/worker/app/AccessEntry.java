package junicorn.worker.app;

/// What the access log knows of one request; an empty string where there is nothing.
sealed interface AccessEntry permits AccessEntry.Unparsed, ServedEntry {
    String remoteAddress();

    String user();

    /// The request line as it came, or as much of it as did.
    String requestLine();

    String method();

    /// Path and query as requested.
    String target();

    String path();

    String query();

    String protocol();

    int status();

    /// Sent, without the header.
    long bodyBytes();

    /// From the complete request header to the complete answer.
    long nanos();

    String requestHeader(String name);

    String responseHeader(String name);

    String attribute(String name);

    /// A request that never became one: no method, no header, only what the connection knows.
    record Unparsed(String remoteAddress, int status, String requestLine) implements AccessEntry {
        @Override
        public String user() {
            return "";
        }

        @Override
        public String method() {
            return "";
        }

        @Override
        public String target() {
            return "";
        }

        @Override
        public String path() {
            return "";
        }

        @Override
        public String query() {
            return "";
        }

        @Override
        public String protocol() {
            return "";
        }

        @Override
        public long bodyBytes() {
            return 0;
        }

        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public String requestHeader(String name) {
            return "";
        }

        @Override
        public String responseHeader(String name) {
            return "";
        }

        @Override
        public String attribute(String name) {
            return "";
        }
    }
}
