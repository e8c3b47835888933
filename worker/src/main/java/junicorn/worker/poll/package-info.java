/// The epoll set, the listeners, who owns a connection, and deadlines.
@NullMarked
package junicorn.worker.poll;

import org.jspecify.annotations.NullMarked;
