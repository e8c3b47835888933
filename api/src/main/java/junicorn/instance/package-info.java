/// Where a worker tells [junicorn.api.Instance] who leads. Not for applications, which do not see
/// it.
@NullMarked
package junicorn.instance;

import org.jspecify.annotations.NullMarked;
