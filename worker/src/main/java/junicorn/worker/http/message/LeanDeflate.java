package junicorn.worker.http.message;

import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.websocket.core.ExtensionConfig;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.internal.PerMessageDeflateExtension;

/// WebSocket's compression (RFC 7692) without a memory of earlier messages: `no_context_takeover`,
/// both ways. Every browser asks for compression, and a compressor that remembers costs each
/// connection up to 300 KiB for as long as it is open; these are borrowed for one message.
public final class LeanDeflate extends PerMessageDeflateExtension {
    /// Takes the place of Jetty's in an application that has started.
    public static void install(Server server) {
        for (var components : server.getContainedBeans(WebSocketComponents.class)) {
            components.getExtensionRegistry().register("permessage-deflate", LeanDeflate.class);
        }
    }

    @Override
    public void init(ExtensionConfig config, WebSocketComponents components) {
        config.setParameter("server_no_context_takeover");
        config.setParameter("client_no_context_takeover");
        super.init(config, components);
    }
}
