/// Calls the application's [junicorn.api.WorkerHook]s, each within its time.
@NullMarked
package junicorn.worker.hook;

import org.jspecify.annotations.NullMarked;
