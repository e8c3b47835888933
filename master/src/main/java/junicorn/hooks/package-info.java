/// What an operator hooked on to moments of the master: commands and Java. It runs beside the
/// master's loop, for a limited time, and whatever it does, the service goes on.
@NullMarked
package junicorn.hooks;

import org.jspecify.annotations.NullMarked;
