package junicorn.master.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashReportTest {
    private static final String REPORT =
            """
            #
            # A fatal error has been detected by the Java Runtime Environment:
            #
            #  SIGSEGV (0xb) at pc=0x00007f3, pid=4711, tid=4712
            #
            # Problematic frame:
            # C  [libfoo.so+0x123]  crash+0x4
            #
            """;

    @TempDir private Path directory = Path.of("");

    @Test
    void tellsTheErrorAndTheFrame() throws Exception {
        var file = Files.writeString(directory.resolve("crash-4711.log"), REPORT);

        var report =
                CrashReport.of(4711, List.of("-Xmx9m", "-XX:ErrorFile=crash-%p.log"), directory);

        assertThat(report)
                .contains(new CrashReport(file, "SIGSEGV in C [libfoo.so+0x123] crash+0x4"));
    }

    @Test
    void tellsAnErrorOfTheJvmItself() {
        assertThat(CrashReport.what(List.of("", "Internal Error (foo.cpp:12), pid=1", "x")))
                .isEqualTo("Internal Error (foo.cpp:12), pid=1");
        assertThat(CrashReport.what(List.of())).isEmpty();
    }

    @Test
    void thereIsNoneWhereNobodyCrashed() {
        assertThat(CrashReport.of(4711, List.of(), directory)).isEmpty();
    }
}
