/// HTTP/1.1 on the worker's own sockets: Jetty's parser, generator and channel on an end point and
/// a connection of ours.
@NullMarked
package junicorn.worker.http;

import org.jspecify.annotations.NullMarked;
