/// The two protocols of a service manager: sockets that it passes, and news that it is told.
@NullMarked
package junicorn.systemd;

import org.jspecify.annotations.NullMarked;
