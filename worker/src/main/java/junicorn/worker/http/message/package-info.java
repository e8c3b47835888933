/// What is a request, what is wrong with it, and how is an answer written? Nothing of sockets and
/// threads.
@NullMarked
package junicorn.worker.http.message;

import org.jspecify.annotations.NullMarked;
