/// Linux as this project needs it: one method for each C call, C's names, Java's types.
///
/// Cold calls throw [PosixException]. Hot calls, those that serve requests, return `-errno`
/// instead, allocate nothing and take the [Errno] they may write to.
@NullMarked
package junicorn.os;

import org.jspecify.annotations.NullMarked;
