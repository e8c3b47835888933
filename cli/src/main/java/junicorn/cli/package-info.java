/// The command line; it wires everything and nobody uses it.
@NullMarked
package junicorn.cli;

import org.jspecify.annotations.NullMarked;
