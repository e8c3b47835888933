/// Which sockets are open, for whom, and who turns new clients away at the end?
@NullMarked
package junicorn.master.listen;

import org.jspecify.annotations.NullMarked;
