package dev.sluice.connector.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Generated;
import org.junit.jupiter.api.Test;

final class LineScannerTest {
    /** The plain version that the fast one must equal. */
    private static int plainly(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        return at;
    }

    @Test
    void findsWhatAPlainLoopFinds() {
        Generated.rounds(5_000, random -> {
            byte[] bytes = random.bytes();
            for (int i = random.below(4); i > 0 && bytes.length > 0; i--) {
                bytes[random.below(bytes.length)] = (byte) (random.chance(2) ? '\n' : '\r');
            }
            int from = random.below(bytes.length + 1);
            int to = from + random.below(bytes.length - from + 1);
            assertThat(LineScanner.indexOfEither((byte) '\n', (byte) '\r', bytes, from, to))
                    .isEqualTo(plainly(bytes, from, to));
        });
    }

    @Test
    void findsEachByteNextToItsNeighboursInValue() {
        byte[] neighbours = {0x0b, 0x09, 0x0c, 0x0e, 0x0a, 0x0b, 0x09, (byte) 0x8a, (byte) 0x8d, 0x0d};
        assertThat(LineScanner.indexOfEither((byte) '\n', (byte) '\r', neighbours, 0, neighbours.length))
                .isEqualTo(4);
        assertThat(LineScanner.indexOfEither((byte) '\n', (byte) '\r', neighbours, 5, neighbours.length))
                .isEqualTo(9);
    }
}
