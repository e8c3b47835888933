/// What is known of each worker, and of those that have ended?
@NullMarked
package junicorn.master.table;

import org.jspecify.annotations.NullMarked;
