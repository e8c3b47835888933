/// The C calls, and nothing above them: sockets, epoll, processes, signals, shared memory.
@NullMarked
package junicorn.os;

import org.jspecify.annotations.NullMarked;
