/// One line per event, on stderr.
@NullMarked
package junicorn.log;

import org.jspecify.annotations.NullMarked;
