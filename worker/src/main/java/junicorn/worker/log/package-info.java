/// The application's and Jetty's logging, onto ours.
@NullMarked
package junicorn.worker.log;

import org.jspecify.annotations.NullMarked;
