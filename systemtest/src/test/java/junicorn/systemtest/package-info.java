/// Ring 3: the real command with real processes, seen from outside: sockets, signals, log lines,
/// the scoreboard.
@NullMarked
package junicorn.systemtest;

import org.jspecify.annotations.NullMarked;
