package junicorn.systemtest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// A class of tests on the real command: none of them hangs, and one that fails tells what its
/// servers said.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(TellOnFailure.class)
@Timeout(value = 90, unit = TimeUnit.SECONDS)
@interface SystemTest {}
