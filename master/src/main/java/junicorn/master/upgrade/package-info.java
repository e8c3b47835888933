/// How do an old and a new master share a service, and how is it handed over?
@NullMarked
package junicorn.master.upgrade;

import org.jspecify.annotations.NullMarked;
