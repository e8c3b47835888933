/// How are worker processes started, told, watched, weighed and buried?
@NullMarked
package junicorn.master.process;

import org.jspecify.annotations.NullMarked;
