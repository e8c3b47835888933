/// What an application may use of Junicorn: the handler that costs least.
@NullMarked
package junicorn.api;

import org.jspecify.annotations.NullMarked;
