package dev.sluice.broker.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.BrokerException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32C;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.security.scram.ScramCredential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogFileTest {
    private static final Uuid ID = Uuid.fromString("AAAAAAAAAAAAAAAAAAAAEQ");
    private static final CatalogState STATE = new CatalogState(
            Map.of(
                    "orders",
                    new Topic("orders", ID, 3, Map.of("retention.ms", "5", "note", "a \\ b\nc\\nd\r")),
                    "empty",
                    new Topic("empty", Uuid.fromString("AAAAAAAAAAAAAAAAAAAAEg"), 1, Map.of("note", ""))),
            Map.of(Uuid.fromString("AAAAAAAAAAAAAAAAAAAAEw"), "gone"),
            Users.NONE
                    .with("alice", "SCRAM-SHA-256", credential(1))
                    .with("alice", "SCRAM-SHA-512", credential(2))
                    .with("name with\nbreak \\", "SCRAM-SHA-512", credential(3)));

    private static ScramCredential credential(int seed) {
        byte[] bytes = {(byte) seed, 2, 3};
        return new ScramCredential(bytes, bytes, bytes, 4096);
    }

    @TempDir
    Path folder;

    @Test
    void keepsItsFormat() {
        CatalogState state = new CatalogState(
                Map.of("orders", new Topic("orders", ID, 3, Map.of("retention.ms", "5"))), Map.of(), Users.NONE);

        assertThat(CatalogFile.format(state)).isEqualTo("""
                        sluice-topics 1
                        topic AAAAAAAAAAAAAAAAAAAAEQ 3 orders
                        set retention.ms 5
                        crc32c 3536eb3d
                        """);
    }

    @Test
    void readsWhatItWrote() {
        assertThat(CatalogFile.format(CatalogFile.parse(CatalogFile.format(STATE))))
                .isEqualTo(CatalogFile.format(STATE));
    }

    @Test
    void noticesEveryTornOrChangedByte() throws IOException {
        byte[] whole = CatalogFile.format(STATE).getBytes(StandardCharsets.UTF_8);
        CatalogFile file = new CatalogFile(folder);
        Path path = folder.resolve("topics.catalog");
        for (int position = 0; position < whole.length; position++) {
            byte[] changed = whole.clone();
            changed[position] ^= 4;
            Files.write(path, changed);
            assertThat(file.read()).as("changed byte %d", position).isEmpty();
            Files.write(path, Arrays.copyOf(whole, position));
            assertThat(file.read()).as("torn at byte %d", position).isEmpty();
        }
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> CatalogFile.parse(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected sluice-topics 1 first and a checksum last");
    }

    @Test
    void refusesAWholeFileOfANewerVersionAndTakesATornOneForDamaged() throws IOException {
        Path path = folder.resolve("topics.catalog");
        String newer = "sluice-topics 2\nwhatever comes then\n";
        CRC32C crc = new CRC32C();
        crc.update(newer.getBytes(StandardCharsets.UTF_8));
        CatalogFile file = new CatalogFile(folder);
        Files.writeString(path, newer + "crc32c 0\n");
        assertThat(file.read()).isEmpty();
        Files.writeString(path, newer + "crc32c " + Long.toHexString(crc.getValue()) + "\n");

        assertThatThrownBy(file::read)
                .isInstanceOf(BrokerException.DirectoryUnusable.class)
                .hasMessage(
                        "Cannot read the topic catalog " + path + ": it has version 2, and this version of Sluice knows"
                                + " it up to 1. Start the newer version that wrote it, or restore the backup from before.");
    }

    @Test
    void keepsTheStateBeforeTheLastChange() throws IOException {
        CatalogFile file = new CatalogFile(folder);

        file.write(CatalogState.EMPTY);
        assertThat(file.readPrevious()).isEmpty();
        file.write(STATE);

        assertThat(file.readPrevious()).contains(CatalogState.EMPTY);
        assertThat(file.read().map(CatalogFile::format)).contains(CatalogFile.format(STATE));
    }
}
