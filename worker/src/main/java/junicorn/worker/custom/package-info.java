/// Worker classes that are not built upon the poll: finds them and gives them what
/// [junicorn.api.WorkerContext] promises.
@NullMarked
package junicorn.worker.custom;

import org.jspecify.annotations.NullMarked;
