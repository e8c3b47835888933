/// HTTP/1.1 on a connection that this package's callers own.
@NullMarked
package junicorn.worker.http;

import org.jspecify.annotations.NullMarked;
