/// What a path means once it is decoded; for those who receive one and for those who look it up.
@NullMarked
package junicorn.worker.path;

import org.jspecify.annotations.NullMarked;
