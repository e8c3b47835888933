package junicorn.worker.app;

/// The variables of `%({name}e)s`, named as in CGI and WSGI: an application server for the JVM has
/// no environment per request, but who moves here from Gunicorn has formats that name it.
final class CgiVariable {
    private static final String HEADER = "HTTP_";

    private CgiVariable() {}

    /// Empty if there is none. `upper` is `name` in capitals, made once.
    static String of(AccessEntry entry, String name, String upper) {
        return switch (upper) {
            case "REQUEST_METHOD" -> entry.method();
            case "PATH_INFO", "SCRIPT_URL" -> entry.path();
            case "RAW_URI", "REQUEST_URI" -> entry.target();
            case "QUERY_STRING" -> entry.query();
            case "SERVER_PROTOCOL" -> entry.protocol();
            case "REMOTE_ADDR" -> entry.remoteAddress();
            case "REMOTE_USER" -> entry.user();
            case "CONTENT_TYPE" -> entry.requestHeader("Content-Type");
            case "CONTENT_LENGTH" -> entry.requestHeader("Content-Length");
            default ->
                    upper.startsWith(HEADER)
                            ? entry.requestHeader(header(upper))
                            : entry.attribute(name);
        };
    }

    private static String header(String variable) {
        return variable.substring(HEADER.length()).replace('_', '-');
    }
}
