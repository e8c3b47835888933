/// A worker process, from its first message to its exit.
@NullMarked
package junicorn.worker;

import org.jspecify.annotations.NullMarked;
