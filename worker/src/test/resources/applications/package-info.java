/// Parts of applications for tests: compiled into a WAR when a test runs, see TestWar.
@NullMarked
package app;

import org.jspecify.annotations.NullMarked;
