/// Loads an application: WAR file or exploded directory.
@NullMarked
package junicorn.worker.app;

import org.jspecify.annotations.NullMarked;
