/// How the number of workers follows the load: rules that compute, and nothing else.
@NullMarked
package junicorn.scaling;

import org.jspecify.annotations.NullMarked;
