/// What each worker does, in shared memory.
@NullMarked
package junicorn.scoreboard;

import org.jspecify.annotations.NullMarked;
