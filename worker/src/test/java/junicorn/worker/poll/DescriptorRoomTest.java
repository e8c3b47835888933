package junicorn.worker.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DescriptorRoomTest {
    @ParameterizedTest
    @CsvSource({
        "256, 70, 32, 154",
        "1024, 70, 128, 826",
        "100, 70, 16, 14",
        "80, 79, 16, 4",
        "1048576, 70, 256, 1048250",
        "9223372036854775807, 70, 256, 2147483647",
    })
    void connectionsLeaveAReserve(long limit, long inUse, int reserve, int connections) {
        var room = new DescriptorRoom(limit, inUse);

        assertThat(room.reserve()).isEqualTo(reserve);
        assertThat(room.connections()).isEqualTo(connections);
    }

    @Test
    void theSoftLimitCounts() {
        assertThat(
                        limitOf(
                                "Max open files            256                  4096                 files"))
                .isEqualTo(256);
        assertThat(
                        limitOf(
                                "Max open files            unlimited            unlimited            files"))
                .isEqualTo(Long.MAX_VALUE);
    }

    private static long limitOf(String line) {
        return DescriptorRoom.limitOf(List.of("Limit   Soft Limit   Hard Limit   Units", line));
    }

    @Test
    void thisProcessHasRoom() {
        var room = DescriptorRoom.now();

        assertThat(room.inUse()).isBetween(3L, room.limit());
    }
}
