/// The worker's way to the kernel: one epoll set, the shared listeners, and who owns a connection
/// when. Knows nothing of HTTP.
@NullMarked
package junicorn.worker.poll;

import org.jspecify.annotations.NullMarked;
