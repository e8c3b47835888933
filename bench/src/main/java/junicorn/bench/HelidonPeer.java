package junicorn.bench;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServer;

/// Helidon: a virtual thread per connection, and a handler of its own interface.
final class HelidonPeer {
    private HelidonPeer() {}

    public static void main(String[] arguments) {
        var peer = Peer.of(arguments);
        WebServer.builder()
                .host("127.0.0.1")
                .port(peer.port())
                .backlog(Peer.BACKLOG)
                .routing(
                        routes ->
                                routes.get(
                                        "/hello",
                                        (request, response) ->
                                                response.header(
                                                                HeaderValues
                                                                        .CONTENT_TYPE_TEXT_PLAIN)
                                                        .send(Answers.HELLO)))
                .build()
                .start();
    }
}
