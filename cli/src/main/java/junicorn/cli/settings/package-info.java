/// Which settings are there, what do they mean, and which values make sense?
@NullMarked
package junicorn.cli.settings;

import org.jspecify.annotations.NullMarked;
