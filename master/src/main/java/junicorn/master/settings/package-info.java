/// What is the master told to do? Values only: read once, at the start or at a reload.
@NullMarked
package junicorn.master.settings;

import org.jspecify.annotations.NullMarked;
