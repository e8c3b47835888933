/// What an application may use of Junicorn: the handler that costs least, and the interface of a
/// worker class. Compile against it, do not ship it: the server brings its own.
@NullMarked
package junicorn.api;

import org.jspecify.annotations.NullMarked;
