/// Peers side by side on the same work, and the cost of one call.
@NullMarked
package junicorn.bench;

import org.jspecify.annotations.NullMarked;
