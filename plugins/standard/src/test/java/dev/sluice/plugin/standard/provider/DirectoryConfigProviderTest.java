package dev.sluice.plugin.standard.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigProvider.Subscription;
import dev.sluice.testkit.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryConfigProviderTest {
    @TempDir
    private Path folder;

    @Test
    void readsFilesAsKafkaDoes() throws Exception {
        Files.writeString(folder.resolve("password"), "p\u00e4ss\n");
        Files.writeString(folder.resolve("user"), "ada");
        Files.createDirectory(folder.resolve("sub"));

        try (DirectoryConfigProvider ours = provider(Map.of());
                var theirs = new org.apache.kafka.common.config.provider.DirectoryConfigProvider()) {
            theirs.configure(Map.of());
            String path = folder.toString();
            assertThat(ours.get(path).data())
                    .isEqualTo(theirs.get(path).data())
                    .isEqualTo(Map.of("password", "p\u00e4ss\n", "user", "ada"));
            assertThat(ours.get(path, Set.of("user", "nobody")).data())
                    .isEqualTo(theirs.get(path, Set.of("user", "nobody")).data())
                    .isEqualTo(Map.of("user", "ada"));
            assertThat(ours.get("").data()).isEmpty();
        }
    }

    @Test
    void refusesWhatIsNoFolderOrNotAllowed() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "secret");
        Path allowed = Files.createDirectory(folder.resolve("allowed"));
        try (DirectoryConfigProvider provider = provider(Map.of())) {
            assertThatThrownBy(() -> provider.get(file.toString()))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("Cannot read " + file + " for a setting: it is not a folder."
                            + " Name the folder that holds one file per value, not a file.");
        }
        try (DirectoryConfigProvider provider = provider(Map.of("allowed.paths", allowed.toString()))) {
            assertThatThrownBy(() -> provider.get(folder.toString()))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("outside of allowed.paths");
        }
    }

    /** Kubernetes: the values are links to files behind ..data, itself a link that is replaced at once. */
    @Test
    void noticesThatKubernetesTurnedItsLink() throws Exception {
        generation("..1", "one", "ada");
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(folder.resolve("password"), Path.of("..data/password"));
        Files.createSymbolicLink(folder.resolve("user"), Path.of("..data/user"));
        List<Map<String, String>> told = new CopyOnWriteArrayList<>();

        try (DirectoryConfigProvider provider = provider(Map.of())) {
            Subscription subscription = provider.subscribe(
                    folder.toString(), Set.of("password", "user"), (path, data) -> told.add(data.data()));
            generation("..2", "two", "bob");
            Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2"));
            Files.move(
                    folder.resolve("..data_tmp"),
                    folder.resolve("..data"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            Waiting.until("told of the change", () -> !told.isEmpty());
            subscription.close();
        }

        assertThat(told).containsExactly(Map.of("password", "two", "user", "bob"));
    }

    private void generation(String name, String password, String user) throws IOException {
        Path files = Files.createDirectory(folder.resolve(name));
        Files.writeString(files.resolve("password"), password);
        Files.writeString(files.resolve("user"), user);
    }

    private static DirectoryConfigProvider provider(Map<String, String> settings) {
        DirectoryConfigProvider provider = new DirectoryConfigProvider(Duration.ofMillis(20));
        provider.configure(provider.configSpec().parse(settings));
        return provider;
    }
}
