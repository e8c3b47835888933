/// What do the verbs do that ask a running server, and what do their answers look like?
@NullMarked
package junicorn.cli.operator;

import org.jspecify.annotations.NullMarked;
