/// In which words do the master's parts speak to one another? Events go in, actions come out;
/// orders and
/// questions travel with them.
@NullMarked
package junicorn.master.loop;

import org.jspecify.annotations.NullMarked;
