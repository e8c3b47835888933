/// The table in shared memory that tells what every worker is doing.
@NullMarked
package junicorn.scoreboard;

import org.jspecify.annotations.NullMarked;
