/// Owns the listeners and keeps the workers alive.
@NullMarked
package junicorn.master;

import org.jspecify.annotations.NullMarked;
