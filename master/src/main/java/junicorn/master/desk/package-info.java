/// What is an operator answered who asks at the control socket?
@NullMarked
package junicorn.master.desk;

import org.jspecify.annotations.NullMarked;
