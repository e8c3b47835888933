/// What master and worker say to each other.
@NullMarked
package junicorn.control;

import org.jspecify.annotations.NullMarked;
