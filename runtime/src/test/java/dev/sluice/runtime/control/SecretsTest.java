package dev.sluice.runtime.control;

import static dev.sluice.runtime.control.TestingWorker.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.config.ConnectorFile;
import dev.sluice.runtime.config.InitialState;
import dev.sluice.runtime.fake.FakeWorld;
import dev.sluice.testkit.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Secrets reach the plugins, and nothing else: neither topics nor views nor messages. */
class SecretsTest {
    @TempDir
    Path folder;

    @AfterEach
    void calm() {
        FakeWorld.of("source").calm("validate");
    }

    private static String name(TestInfo test) {
        return test.getDisplayName().replaceAll("[^a-zA-Z]+", "");
    }

    private TestingWorker worker(TestInfo test, String... more) {
        String[] settings = Stream.concat(
                        Stream.of(
                                "config.providers", "fake",
                                "config.providers.fake.class", "FakeProvider",
                                "config.providers.fake.param.world", "p-" + name(test)),
                        Stream.of(more))
                .toArray(String[]::new);
        return TestingWorker.in(folder, settings);
    }

    private static FakeWorld provider(TestInfo test) {
        return FakeWorld.of("p-" + name(test));
    }

    /** All bytes that the worker has on disk, as far as they are text. */
    private String disk() {
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            StringBuilder text = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
            return text.toString();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void pluginsGetTheValuesAndTopicsKeepTheVariables(TestInfo test) {
        String name = name(test);
        provider(test).values().putAll(Map.of("/s:pw", "planted-one", "/s:host", "planted-two"));
        FakeWorld.of(name).at("taskStart", index -> FakeWorld.of(name).calls().add("started"));
        try (TestingWorker worker = worker(test)) {
            worker.apply(source(
                    name, "word", "${fake:/s:pw}", "address", "http://u:${fake:/s:pw}@${fake:/s:host}/", "tasks", "2"));
            worker.awaitTask(name, RunState.RUNNING);

            assertThat(FakeWorld.of(name).calls())
                    .contains("word planted-one", "address http://u:planted-one@planted-two/");
            assertThat(worker.task(name, 1).config())
                    .containsEntry("word", "${fake:/s:pw}")
                    .containsEntry("address", "http://u:${fake:/s:pw}@${fake:/s:host}/");
            assertThat(worker.connector(name).config()).containsEntry("word", "${fake:/s:pw}");
            assertThat(disk())
                    .contains("${fake:/s:pw}")
                    .doesNotContain("planted-one")
                    .doesNotContain("planted-two");
            worker.restart();
            worker.apply();
            worker.awaitTask(name, RunState.RUNNING);
        }
        assertThat(disk()).doesNotContain("planted-one").doesNotContain("planted-two");
    }

    @Test
    void whatAPluginThrowsTellsNoSecret(TestInfo test) {
        String name = name(test);
        provider(test).values().put("/s:pw", "planted-three");
        FakeWorld.of(name).at("taskStart", index -> {
            throw new IllegalStateException(
                    "no login with planted-three", new IllegalArgumentException("nor inline-four, url-five"));
        });
        try (TestingWorker worker = worker(test)) {
            worker.apply(source(
                    name,
                    "word",
                    "inline-four",
                    "address",
                    "http://u:url-five@h",
                    "other",
                    "${fake:/s:pw}",
                    "restart.policy",
                    "never"));
            worker.awaitTask(name, RunState.FAILED);

            assertThat(String.valueOf(worker.task(name, 0).status().trace()))
                    .contains("no login with [hidden]", "nor [hidden], [hidden]")
                    .doesNotContain("planted-three")
                    .doesNotContain("inline-four")
                    .doesNotContain("url-five");
            Waiting.until("the status is stored", () -> disk().contains("no login with [hidden]"));
            assertThat(disk()).doesNotContain("planted-three");
            assertThat(worker.worker().masking().mask(worker.connector(name).config()))
                    .containsEntry("word", "[hidden]")
                    .containsEntry("address", "http://u:[hidden]@h")
                    .containsEntry("other", "${fake:/s:pw}");
        }
    }

    @Test
    void aConnectorWhoseVariableCannotBeReplacedIsRefused(TestInfo test) {
        String name = name(test);
        try (TestingWorker worker = worker(test)) {
            worker.apply();
            assertThatThrownBy(() -> worker.worker()
                            .herder()
                            .create(name, config(name, "word", "${fake:/s:none}"), InitialState.RUNNING)
                            .join())
                    .hasCauseInstanceOf(RequestRefused.class)
                    .hasMessageContaining(
                            "Cannot resolve setting word: config provider fake has no key none under the path"
                                    + " /s. Add the key there, or correct ${fake:/s:none}.");
            assertThat(worker.worker().herder().names()).isEmpty();
        }
    }

    private static Map<String, String> config(String name, String... settings) {
        ConnectorFile file = source(name, settings);
        return file.config();
    }

    @Test
    void aChangedSecretStartsExactlyItsUsersAnewAndOnce(TestInfo test) {
        String user = name(test) + "user";
        String other = name(test) + "other";
        String stays = name(test) + "stays";
        provider(test).values().putAll(Map.of("/s:pw", "first-secret", "/t:pw", "other-secret"));
        try (TestingWorker worker = worker(test)) {
            worker.apply(
                    source(user, "word", "${fake:/s:pw}"),
                    source(other, "word", "${fake:/t:pw}"),
                    source(stays, "word", "${fake:/s:pw}", "config.action.reload", "none"));
            List.of(user, other, stays).forEach(name -> worker.awaitTask(name, RunState.RUNNING));
            Waiting.until("both are subscribed", () -> provider(test).subscriptionCount() == 2);

            provider(test).change("/s:pw", "second-secret");
            provider(test).change("/s:pw", "second-secret");

            Waiting.until("it got the new secret", () -> words(user).contains("word second-secret"));
            worker.awaitTask(user, RunState.RUNNING);
            provider(test).change("/t:pw", "third-secret");
            Waiting.until("the other got the new secret", () -> words(other).contains("word third-secret"));
            assertThat(words(user)).containsExactly("word first-secret", "word second-secret");
            assertThat(words(other)).containsExactly("word other-secret", "word third-secret");
            assertThat(words(stays)).containsExactly("word first-secret");
        }
    }

    private static List<String> words(String name) {
        return FakeWorld.of(name).calls().stream()
                .filter(call -> call.startsWith("word "))
                .toList();
    }

    @Test
    void aSecretWhoseTimeIsOverIsLookedUpAgain(TestInfo test) {
        String name = name(test);
        provider(test).values().put("/s:pw", "first-secret");
        try (TestingWorker worker = worker(test, "config.providers.fake.param.ttl.ms", "50")) {
            worker.apply(source(name, "word", "${fake:/s:pw}"));
            worker.awaitTask(name, RunState.RUNNING);
            provider(test).values().put("/s:pw", "second-secret");
            Waiting.until("it got the new secret", () -> words(name).contains("word second-secret"));
            assertThat(words(name)).containsExactly("word first-secret", "word second-secret");
        }
    }

    @Test
    void aConnectorThatFailedForWantOfASecretStartsWhenItAppears(TestInfo test) {
        String name = name(test);
        provider(test).values().put("/s:pw", "first-secret");
        try (TestingWorker worker = worker(test)) {
            worker.apply(source(name, "word", "${fake:/s:pw}"));
            worker.awaitTask(name, RunState.RUNNING);
            provider(test).values().clear();
            worker.restart();
            worker.apply();
            worker.awaitConnector(name, RunState.FAILED);
            assertThat(String.valueOf(worker.connector(name).status().trace()))
                    .contains("Cannot resolve setting word: config provider fake has no key pw under the path /s.");
            provider(test).change("/s:pw", "second-secret");
            worker.awaitTask(name, RunState.RUNNING);
            assertThat(words(name)).contains("word second-secret");
        }
    }

    @Test
    void aProviderThatHangsHoldsUpOnlyItsUsers(TestInfo test) {
        String name = name(test);
        provider(test).values().put("/s:pw", "a-secret");
        try (TestingWorker worker = worker(test)) {
            worker.apply(source(name, "word", "${fake:/s:pw}"));
            worker.awaitTask(name, RunState.RUNNING);
            provider(test).at("get", path -> hang());
            worker.restart();
            worker.apply(source(name + "free"));
            worker.awaitTask(name + "free", RunState.RUNNING);
            assertThat(worker.connector(name).status().state()).isNotEqualTo(RunState.RUNNING);
            worker.worker().herder().delete(name).join();
            provider(test).calm("get");
        }
    }

    private static void hang() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
