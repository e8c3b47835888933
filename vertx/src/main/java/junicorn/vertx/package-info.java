/// The worker class `vertx`: a Vert.x application on Vert.x's own event loops, behind sockets that
/// all workers share.
///
/// It is loaded together with the application, so that application and adapter mean the same
/// Vert.x: the application's own if it brings one, else the one that comes with the server.
@NullMarked
package junicorn.vertx;

import org.jspecify.annotations.NullMarked;
