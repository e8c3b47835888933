/// What follows from the settings for this machine: which JVMs, with how much memory, with which
/// class path?
@NullMarked
package junicorn.cli.plan;

import org.jspecify.annotations.NullMarked;
