package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LayoutIT {
    @Test
    void theLauncherCanBeExecuted() {
        assertThat(Installation.HOME.resolve("bin/sluice")).isExecutable();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LICENSE",
                "NOTICE",
                "config/worker.properties",
                "config/server.properties",
                "config/quickstart-source.properties",
                "config/quickstart-sink.properties",
                "examples/airports.jsonl",
                "examples/README.md"
            })
    void shipsWhatTheQuickstartAndTheLicencesNeed(String file) {
        assertThat(Installation.HOME.resolve(file)).isNotEmptyFile();
    }

    @Test
    void everyPluginHasAFolderOfItsOwn() throws IOException {
        assertThat(Installation.names("plugins")).contains("file", "jdbc", "standard");
        assertThat(Installation.names("plugins/file")).anyMatch(jar -> jar.startsWith("sluice-connector-file-"));
        assertThat(Installation.names("plugins/standard"))
                .anyMatch(jar -> jar.startsWith("sluice-plugin-standard-"))
                .anyMatch(jar -> jar.startsWith("jackson-core-"));
    }

    @Test
    void noPluginCarriesWhatTheHostOffers() throws IOException {
        for (var plugin : List.of("file", "jdbc", "standard")) {
            assertThat(Installation.names("plugins/" + plugin))
                    .as(plugin)
                    .noneMatch(jar -> jar.startsWith("slf4j-api-") || jar.startsWith("sluice-connectors-api-"));
        }
    }

    @Test
    void theHostCarriesEachLibraryOnceAndNoPluginOrTestLibrary() throws IOException {
        var libraries = Installation.names("lib").stream()
                .map(jar -> jar.replaceFirst("-[0-9][^/]*\\.jar$", ""))
                .toList();

        assertThat(libraries).contains("sluice-runtime", "sluice-broker", "sluice-connectors-api", "slf4j-api");
        assertThat(libraries).doesNotHaveDuplicates();
        assertThat(libraries)
                .doesNotContainAnyElementsOf(List.of(
                        "sluice-connector-file",
                        "sluice-plugin-standard",
                        "sluice-testkit",
                        "junit-jupiter-api",
                        "assertj-core"));
    }

    @Test
    void whatOnlyToolsNeedLiesApart() throws IOException {
        assertThat(Installation.names("lib/tools"))
                .anyMatch(jar -> jar.startsWith("kafka-tools-"))
                .hasSizeLessThan(6);
        assertThat(Installation.names("lib")).noneMatch(jar -> jar.startsWith("kafka-tools-"));
    }

    @Test
    void startUpWorkWasDoneByTheBuild() throws IOException {
        assertThat(Installation.HOME.resolve("plugins/plugins.index")).isNotEmptyFile();
        assertThat(Installation.names("cache")).anyMatch(name -> name.startsWith("classes-") && name.endsWith(".jsa"));
    }
}
