package junicorn.systemtest;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Prints what the servers of a test have written, when the test fails.
final class TellOnFailure implements BeforeTestExecutionCallback, AfterTestExecutionCallback {
    private static final ThreadLocal<List<RunningServer>> SERVERS =
            ThreadLocal.withInitial(ArrayList::new);

    static void remember(RunningServer server) {
        SERVERS.get().add(server);
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        SERVERS.get().clear();
    }

    @Override
    @SuppressWarnings("SystemOut")
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            System.out.println("=== " + context.getDisplayName() + " failed; its servers said:");
            SERVERS.get().forEach(System.out::println);
        }
    }
}
