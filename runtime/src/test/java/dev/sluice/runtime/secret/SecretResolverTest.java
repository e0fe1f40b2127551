package dev.sluice.runtime.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.config.ConfigException;
import dev.sluice.runtime.config.ProviderChoice;
import dev.sluice.runtime.fake.FakePlugins;
import dev.sluice.runtime.fake.FakeWorld;
import dev.sluice.runtime.plugin.Plugins;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class SecretResolverTest {
    @TempDir
    Path folder;

    private Plugins plugins;
    private SecretResolver resolver;
    private FakeWorld world;

    @BeforeEach
    void open(TestInfo test) {
        plugins = Plugins.scan(FakePlugins.in(folder), null);
        world = FakeWorld.of("resolver-" + test.getDisplayName());
        resolver = open(Duration.ofSeconds(20), "resolver-" + test.getDisplayName());
        world.values().putAll(Map.of("/s:pw", "s3cret", "/s:user", "joe", ":HOST", "db1"));
    }

    @AfterEach
    void close() {
        resolver.close();
        plugins.close();
    }

    private SecretResolver open(Duration budget, String name) {
        return SecretResolver.open(
                List.of(new ProviderChoice("fake", "FakeProvider", Map.of("world", name))), plugins, budget);
    }

    private void assertRefused(Map<String, String> settings, String... messages) {
        assertThatThrownBy(() -> resolver.resolve(settings).join())
                .hasCauseInstanceOf(ConfigException.class)
                .cause()
                .extracting(
                        thrown -> List.of(String.valueOf(thrown.getMessage()).split("\n")))
                .satisfies(lines -> assertThat(lines).containsExactlyInAnyOrder(messages));
    }

    @Test
    void oneLookUpServesAllKeysOfAPath() {
        Resolved resolved = resolver.resolve(
                        Map.of("a", "${fake:/s:user}/${fake:/s:pw}", "b", "${fake:HOST}", "c", "plain ${yyyy}"))
                .join();

        assertThat(resolved.values()).isEqualTo(Map.of("a", "joe/s3cret", "b", "db1", "c", "plain ${yyyy}"));
        assertThat(world.calls()).containsExactlyInAnyOrder("get /s on provider-fake", "get  on provider-fake");
    }

    @Test
    void settingsWithoutVariablesAskNobody() {
        assertThat(resolver.resolve(Map.of("a", "b")).join().values()).isEqualTo(Map.of("a", "b"));
        assertThat(world.calls()).isEmpty();
    }

    @Test
    void everyVariableThatCannotBeReplacedIsNamedWithSettingProviderPathKeyAndFix() {
        assertRefused(
                Map.of("a", "${fake:/s:nope}", "b", "${fak:/s:pw}", "c", "${vault:x}", "d", "${fake:/s:pw}"),
                "Cannot resolve setting a: config provider fake has no key nope under the path /s. Add the key there, or"
                        + " correct ${fake:/s:nope}.",
                "Cannot resolve setting b: the worker has no config provider fak, which ${fak:/s:pw} names. Did you mean"
                        + " ${fake:/s:pw}?",
                "Cannot resolve setting c: the worker has no config provider vault, which ${vault:x} names. Add vault to"
                        + " config.providers in the worker's settings, with its class, or use one of fake.");
    }

    @Test
    void whatAProviderRefusesIsToldOfTheSetting() {
        world.at("get", path -> {
            throw new ConfigException("Cannot read " + path + ": it is outside allowed.paths. Add it there.");
        });
        assertRefused(
                Map.of("a", "${fake:/s:pw}"),
                "Cannot resolve setting a: config provider fake failed for the path /s, key pw: Cannot read /s: it is"
                        + " outside allowed.paths. Add it there.");
    }

    @Test
    void aProviderThatFailsMayAnswerLater() {
        world.at("get", path -> {
            throw new IllegalStateException("no connection");
        });
        assertThatThrownBy(() -> resolver.resolve(Map.of("a", "${fake:/s:pw}")).join())
                .hasCauseInstanceOf(ProviderUnavailableException.class)
                .hasMessageContaining("Cannot resolve setting a: config provider fake failed for the path /s, key pw:"
                        + " java.lang.IllegalStateException: no connection.");
    }

    @Test
    void aProviderThatHangsIsAnsweredForAndItsThreadCounted() {
        CountDownLatch hanging = new CountDownLatch(1);
        String name = "resolver-hanging";
        FakeWorld.of(name).at("get", path -> {
            try {
                hanging.await();
            } catch (InterruptedException ignored) {
                await(hanging);
            }
        });
        try (SecretResolver impatient = open(Duration.ofMillis(100), name)) {
            assertThatThrownBy(() ->
                            impatient.resolve(Map.of("a", "${fake:/s:pw}")).join())
                    .hasCauseInstanceOf(ProviderUnavailableException.class)
                    .hasMessageContaining("did not answer within 100 ms (task.call.timeout.ms).");
            assertThat(impatient.providers().abandonedCount()).isEqualTo(1);
            hanging.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException again) {
            throw new IllegalStateException(again);
        }
    }

    @Test
    void settingsOfProvidersAreCheckedAtTheStart() {
        assertThatThrownBy(() -> SecretResolver.open(
                        List.of(
                                new ProviderChoice("a", "FakeProvidr", Map.of()),
                                new ProviderChoice("b", "FakeProvider", Map.of("ttl.ms", "soon"))),
                        plugins,
                        Duration.ofSeconds(20)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("config.providers.a.class: Cannot start config provider a: Cannot find")
                .hasMessageContaining("Did you mean FakeProvider?")
                .hasMessageContaining("config.providers.b.param.ttl.ms");
    }

    @Test
    void providersAreClosed() {
        resolver.close();
        assertThat(world.calls()).containsExactly("close");
    }
}
