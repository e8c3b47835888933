package junicorn.worker.custom;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.InvocationTargetException;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.spi.SelectorProvider;
import junicorn.api.Listener;

/// A channel of the JDK on a descriptor that the process has inherited. The JDK makes one of
/// descriptor 0 only (`System.inheritedChannel`), and that one closes 0, 1 and 2 with itself. So
/// this calls the constructor that the JDK itself calls, which needs `--add-opens
/// java.base/sun.nio.ch=ALL-UNNAMED`.
final class InheritedChannel {
    private static final String PACKAGE = "sun.nio.ch.";

    private InheritedChannel() {}

    static ServerSocketChannel of(Listener listener) throws IOException {
        try {
            var newFd = Class.forName(PACKAGE + "IOUtil").getDeclaredMethod("newFD", int.class);
            var make =
                    Class.forName(PACKAGE + "ServerSocketChannelImpl")
                            .getDeclaredConstructor(
                                    SelectorProvider.class,
                                    ProtocolFamily.class,
                                    FileDescriptor.class,
                                    boolean.class);
            open(newFd);
            open(make);
            return (ServerSocketChannel)
                    make.newInstance(
                            SelectorProvider.provider(),
                            family(listener.kind()),
                            newFd.invoke(null, listener.fd()),
                            true);
        } catch (InvocationTargetException e) {
            throw new IOException(listener.name() + " cannot be adopted", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IOException("this JDK has another " + PACKAGE + "ServerSocketChannelImpl", e);
        }
    }

    private static void open(AccessibleObject member) throws IOException {
        if (!member.trySetAccessible()) {
            throw new IOException(
                    "the worker lacks --add-opens java.base/sun.nio.ch=ALL-UNNAMED for " + member);
        }
    }

    /// For TCP the JDK finds out by itself whether it is IPv4 or IPv6.
    private static ProtocolFamily family(Listener.Kind kind) {
        return switch (kind) {
            case TCP -> StandardProtocolFamily.INET6;
            case UNIX -> StandardProtocolFamily.UNIX;
        };
    }
}
