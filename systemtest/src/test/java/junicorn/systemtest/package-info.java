/// Ring 3: the real command with real processes.
@NullMarked
package junicorn.systemtest;

import org.jspecify.annotations.NullMarked;
