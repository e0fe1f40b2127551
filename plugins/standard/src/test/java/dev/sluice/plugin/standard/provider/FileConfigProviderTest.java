package dev.sluice.plugin.standard.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigProvider.Subscription;
import dev.sluice.testkit.Waiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

class FileConfigProviderTest {
    private static final Set<String> PASSWORD = Set.of("password");

    @TempDir
    private Path folder;

    private final List<Map<String, String>> told = new CopyOnWriteArrayList<>();

    @Test
    void readsPropertiesAsKafkaDoes() throws Exception {
        Path file = write("db.properties", "user=ada\npassword = p\u00e4ss\\u0021 \\\n  word\n# no=comment\nempty=\n");

        try (FileConfigProvider ours = provider(Map.of());
                var theirs = new org.apache.kafka.common.config.provider.FileConfigProvider()) {
            theirs.configure(Map.of());
            assertThat(ours.get(file.toString()).data())
                    .isEqualTo(theirs.get(file.toString()).data())
                    .containsEntry("password", "p\u00e4ss! word")
                    .containsEntry("empty", "");
            assertThat(ours.get(file.toString(), Set.of("user", "nobody")).data())
                    .isEqualTo(Map.of("user", "ada"));
            assertThat(ours.get("").data()).isEmpty();
        }
    }

    @Test
    void readsOnlyWhatIsAllowed() throws Exception {
        Path allowed = Files.createDirectory(folder.resolve("allowed"));
        Path inside = write("allowed/db.properties", "password=yes");
        Path outside = write("other.properties", "password=no");

        try (FileConfigProvider provider = provider(Map.of("allowed.paths", allowed.toString()))) {
            assertThat(provider.get(inside.toString(), PASSWORD).data()).containsEntry("password", "yes");
            for (String path : List.of(outside.toString(), allowed + "/../other.properties", allowed + "x")) {
                assertThatThrownBy(() -> provider.get(path, PASSWORD))
                        .isInstanceOf(ConfigException.class)
                        .hasMessageContaining("it lies outside of allowed.paths [" + allowed + "]");
            }
        }
    }

    @Test
    void saysWhyAFileCannotBeReadWithoutItsContents() throws Exception {
        try (FileConfigProvider provider = provider(Map.of())) {
            assertRefused(provider, folder.resolve("none"), "it does not exist. Create it");
            assertRefused(provider, folder, "reading fails (IOException)");
            assertRefused(provider, write("bad", "secret=\\u12"), "a backslash with u is not followed");
            Path latin = folder.resolve("latin");
            Files.write(latin, "secret=\u00e4".getBytes(StandardCharsets.ISO_8859_1));
            assertRefused(provider, latin, "it is not text in UTF-8");
            Path large = folder.resolve("large");
            Files.write(large, new byte[SecretFile.SIZE_BYTES_MAX + 1]);
            assertRefused(provider, large, "it is larger than 1048576 bytes");
        }
    }

    private static void assertRefused(FileConfigProvider provider, Path file, String why) {
        assertThatThrownBy(() -> provider.get(file.toString(), PASSWORD))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("Cannot read " + file + " for a setting: ")
                .hasMessageContaining(why)
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @Test
    void tellsOfChangesHoweverTheFileIsReplaced() throws Exception {
        Path file = write("db.properties", "password=one\nuser=ada");
        try (FileConfigProvider provider = provider(Map.of())) {
            Subscription subscription = provider.subscribe(file.toString(), PASSWORD, this::onChange);
            write("db.properties", "password=two\nuser=ada");
            awaitTold("two");
            Path draft = write("draft", "password=three");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            awaitTold("three");
            Files.delete(file);
            write("db.properties", "password=four");
            awaitTold("four");
            write("db.properties", "user=ada");
            Waiting.until("told of the change", () -> told.size() == 4);
            assertThat(told.get(3)).isEmpty();
            subscription.close();
        }
        assertThat(told).extracting(map -> map.get("password")).containsExactly("two", "three", "four", null);
    }

    @Test
    void tellsNothingOfOtherKeysAndEndedSubscriptions() throws Exception {
        Path file = write("db.properties", "password=one\nuser=ada");
        try (FileConfigProvider provider = provider(Map.of())) {
            Subscription ended = provider.subscribe(file.toString(), Set.of("user"), this::onChange);
            ended.close();
            ended.close();
            List<String> users = new CopyOnWriteArrayList<>();
            Subscription other = provider.subscribe(
                    file.toString(),
                    Set.of("user"),
                    (path, data) -> users.add(data.data().getOrDefault("user", "")));
            Subscription password = provider.subscribe(file.toString(), PASSWORD, this::onChange);
            write("db.properties", "password=one\nuser=bob");
            Waiting.until("told of the change", () -> users.equals(List.of("bob")));
            other.close();
            password.close();
        }
        assertThat(told).isEmpty();
    }

    @Test
    void aListenerThatFailsDoesNotEndTheWatch() throws Exception {
        Path file = write("db.properties", "password=one");
        try (FileConfigProvider provider = provider(Map.of())) {
            Subscription failing = provider.subscribe(file.toString(), PASSWORD, (path, data) -> {
                throw new IllegalStateException("on purpose");
            });
            Subscription working = provider.subscribe(file.toString(), PASSWORD, this::onChange);
            write("db.properties", "password=two");
            awaitTold("two");
            write("db.properties", "password=three");
            awaitTold("three");
            failing.close();
            working.close();
        }
    }

    private void onChange(String path, dev.sluice.api.config.ConfigData data) {
        told.add(data.data());
    }

    private void awaitTold(String password) {
        Waiting.until(
                "told of the new password",
                () -> !told.isEmpty()
                        && password.equals(told.get(told.size() - 1).get("password")));
    }

    private static FileConfigProvider provider(Map<String, String> settings) {
        FileConfigProvider provider = new FileConfigProvider(Duration.ofMillis(20));
        provider.configure(provider.configSpec().parse(settings));
        return provider;
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
