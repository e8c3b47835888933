/// The house rules that a machine can check.
@NullMarked
package junicorn.tidy;

import org.jspecify.annotations.NullMarked;
