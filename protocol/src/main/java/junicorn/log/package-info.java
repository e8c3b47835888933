/// The one log format of all Junicorn processes, behind [System.Logger].
@NullMarked
package junicorn.log;

import org.jspecify.annotations.NullMarked;
