/// What was said: on the command line, in the configuration file, in the environment? And the help
/// for it.
@NullMarked
package junicorn.cli.line;

import org.jspecify.annotations.NullMarked;
