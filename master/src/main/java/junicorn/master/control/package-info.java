/// The control socket: how an operator's command and the master speak. Knows bytes, JSON and
/// connections, and nothing of workers.
@NullMarked
package junicorn.master.control;

import org.jspecify.annotations.NullMarked;
