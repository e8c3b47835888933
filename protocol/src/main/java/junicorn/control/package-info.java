/// The messages between the master and one worker, and the socket that carries them.
@NullMarked
package junicorn.control;

import org.jspecify.annotations.NullMarked;
