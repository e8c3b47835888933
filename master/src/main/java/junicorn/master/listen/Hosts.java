package junicorn.master.listen;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import junicorn.master.settings.Bind;
import junicorn.master.settings.BindFailed;

/// The addresses behind the names in binds.
final class Hosts {
    private Hosts() {}

    /// May take as long as the name service does.
    static InetAddress resolve(Bind bind, String host) throws BindFailed {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException _) {
            throw new BindFailed(bind, "unknown host '" + host + "'", false);
        }
    }

    /// Asks for all of them. Whoever opens them soon afterwards finds the answers in the JVM's
    /// cache (`networkaddress.cache.ttl`) and does not wait for them: the master's loop must not.
    static void lookUp(List<Bind> binds) {
        for (var bind : binds) {
            if (bind instanceof Bind.Tcp(String host, _)) {
                var _ = isKnown(bind, host);
            }
        }
    }

    private static boolean isKnown(Bind bind, String host) {
        try {
            return resolve(bind, host).getAddress().length > 0;
        } catch (BindFailed _) { // who opens it will say so
            return false;
        }
    }
}
