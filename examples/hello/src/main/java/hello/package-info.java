/// The example application: pages that show which worker answered.
@NullMarked
package hello;

import org.jspecify.annotations.NullMarked;
