/// What is to be done when something happens? Pure: no clock, no process, no file; tested in a
/// simulated
/// world.
@NullMarked
package junicorn.master.decide;

import org.jspecify.annotations.NullMarked;
