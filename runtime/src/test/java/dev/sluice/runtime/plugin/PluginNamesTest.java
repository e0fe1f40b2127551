package dev.sluice.runtime.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.plugin.PluginDescriptor;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.plugin.Resolution.MatchedBy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginNamesTest {
    private static final Set<PluginKind> CONNECTORS = Set.of(PluginKind.SOURCE, PluginKind.SINK);
    private static final Path FILE = Path.of("/plugins/file");
    private static final Path OTHER = Path.of("/plugins/other");
    private static final String FOREIGN_SOURCE = "org.apache.kafka.connect.file.FileStreamSourceConnector";

    private static final InstalledPlugin SOURCE =
            plugin(PluginKind.SOURCE, FILE, "dev.file.FileSourceConnector", FOREIGN_SOURCE, "OldSource");
    private static final InstalledPlugin SINK = plugin(PluginKind.SINK, FILE, "dev.file.FileSinkConnector");
    private static final InstalledPlugin JSON = plugin(PluginKind.CONVERTER, FILE, "dev.json.JsonConverter");
    private static final InstalledPlugin JSON_HEADERS =
            plugin(PluginKind.HEADER_CONVERTER, FILE, "dev.json.JsonConverter");
    private static final InstalledPlugin KEY =
            plugin(PluginKind.TRANSFORMATION, FILE, "dev.transform.ReplaceField$Key");
    private static final InstalledPlugin VALUE =
            plugin(PluginKind.TRANSFORMATION, FILE, "dev.transform.ReplaceField$Value");

    private final PluginNames names = names();

    private static PluginNames names(InstalledPlugin... more) {
        List<InstalledPlugin> all = new ArrayList<>(List.of(KEY, SOURCE, JSON_HEADERS, VALUE, JSON, SINK));
        all.addAll(Arrays.asList(more));
        return new PluginNames(all);
    }

    private static InstalledPlugin plugin(PluginKind kind, Path location, String className, String... aliases) {
        return new InstalledPlugin(new PluginDescriptor(kind, className, "1.0", Set.of(aliases)), location);
    }

    @ParameterizedTest
    @CsvSource({
        "dev.file.FileSourceConnector, CLASS",
        "org.apache.kafka.connect.file.FileStreamSourceConnector, ALIAS",
        "FileSourceConnector, SHORT_NAME",
        "FileSource, SHORT_NAME",
        "FileStreamSourceConnector, SHORT_NAME",
        "FileStreamSource, SHORT_NAME",
        "OldSource, SHORT_NAME",
        "'  FileSource ', SHORT_NAME"
    })
    void findsAConnectorByEachOfItsNames(String name, MatchedBy matchedBy) {
        Resolution found = names.find(CONNECTORS, name);

        assertThat(found.plugin()).isEqualTo(SOURCE);
        assertThat(found.matchedBy()).isEqualTo(matchedBy);
        assertThat(found.note()).startsWith(name.strip() + " is ").contains("dev.file.FileSourceConnector 1.0 from ");
    }

    @Test
    void findsTheKindThatWasAskedFor() {
        assertThat(names.find(Set.of(PluginKind.CONVERTER), "Json").plugin()).isEqualTo(JSON);
        assertThat(names.find(Set.of(PluginKind.HEADER_CONVERTER), "JsonConverter")
                        .plugin())
                .isEqualTo(JSON_HEADERS);
        assertThat(names.find(Set.of(PluginKind.TRANSFORMATION), "ReplaceField$Key")
                        .plugin())
                .isEqualTo(KEY);
    }

    @Test
    void saysWhichClassAnAliasMeans() {
        assertThat(names.find(CONNECTORS, FOREIGN_SOURCE).note())
                .isEqualTo(FOREIGN_SOURCE + " is an alias of dev.file.FileSourceConnector 1.0 from " + FILE + ".");
    }

    @Test
    void prefersAClassThatIsReallyThereToAnAliasOfItsName() {
        InstalledPlugin real = plugin(PluginKind.SOURCE, OTHER, FOREIGN_SOURCE);
        PluginNames both = names(real);

        Resolution found = both.find(CONNECTORS, FOREIGN_SOURCE);

        assertThat(found.plugin()).isEqualTo(real);
        assertThat(found.matchedBy()).isEqualTo(MatchedBy.CLASS);
        assertThat(found.note())
                .isEqualTo(FOREIGN_SOURCE + " is " + FOREIGN_SOURCE + " 1.0 from " + OTHER
                        + ", which goes before dev.file.FileSourceConnector that answers to this name too.");
        assertThat(both.find(CONNECTORS, "FileStreamSource").plugin()).isEqualTo(real);
        assertThat(both.find(CONNECTORS, "FileSource").plugin()).isEqualTo(SOURCE);
    }

    @Test
    void refusesAShortNameThatTwoClassesShare() {
        PluginNames both = names(plugin(PluginKind.SOURCE, OTHER, "com.acme.FileSourceConnector"));

        assertThatThrownBy(() -> both.find(CONNECTORS, "FileSource"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Cannot tell which connector FileSource is: the name fits com.acme.FileSourceConnector 1.0"
                        + " from " + OTHER + ", dev.file.FileSourceConnector 1.0 from " + FILE
                        + ". Give the full class name.");
    }

    @Test
    void refusesAnAliasThatTwoClassesDeclare() {
        PluginNames both = names(plugin(PluginKind.SOURCE, OTHER, "com.acme.Lines", FOREIGN_SOURCE));

        assertThatThrownBy(() -> both.find(CONNECTORS, FOREIGN_SOURCE))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("the name fits com.acme.Lines 1.0 from")
                .hasMessageContaining("dev.file.FileSourceConnector 1.0 from");
    }

    @ParameterizedTest
    @CsvSource({
        "FileSourceConector, FileSourceConnector",
        "filesource, FileSource?",
        "dev.file.FileSinkConnectr, 'dev.file.FileSinkConnector, dev.file.FileSourceConnector'",
        "com.unknown.FileStreamSourceConnector, FileStreamSourceConnector?"
    })
    void namesTheNearestWhereNothingHasTheName(String name, String nearest) {
        assertThatThrownBy(() -> names.find(CONNECTORS, name))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("Cannot find connector " + name
                        + ": no plugin in the plugin path has this class name or alias. Did you mean " + nearest)
                .hasMessageEndingWith(
                        " Add its folder to plugin.path, or look at GET /connector-plugins for what is there.");
    }

    @Test
    void namesNothingWhereNothingIsNear() {
        assertThatThrownBy(() -> names.find(CONNECTORS, "Zebra"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Cannot find connector Zebra: no plugin in the plugin path has this class name or alias."
                        + " Add its folder to plugin.path, or look at GET /connector-plugins for what is there.");
        assertThatThrownBy(() -> names.find(CONNECTORS, ""))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("Cannot find connector ");
    }

    @Test
    void namesThreePluginsAtMost() {
        InstalledPlugin[] many = IntStream.range(0, 9)
                .mapToObj(i -> plugin(PluginKind.SINK, OTHER, "com.acme.Sink" + i + "Connector"))
                .toArray(InstalledPlugin[]::new);

        assertThatThrownBy(() -> names(many).find(CONNECTORS, "SinkConnector"))
                .hasMessageContaining(" Did you mean Sink0Connector, Sink1Connector, Sink2Connector? Add")
                .hasMessageNotContaining("Sink3");
    }

    @Test
    void saysWhatANameOfAnotherKindIs() {
        assertThatThrownBy(() -> names.find(Set.of(PluginKind.CONVERTER), "FileSink"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Cannot use FileSink as converter: it is a sink connector.");
        assertThatThrownBy(() -> names.find(CONNECTORS, "dev.json.JsonConverter"))
                .hasMessageStartingWith("Cannot use dev.json.JsonConverter as connector: "
                        + "it is a converter and a header converter.");
    }

    @Test
    void listsSinksThenSourcesThenTheOthersByName() {
        assertThat(names.all()).containsExactly(SINK, SOURCE, JSON, JSON_HEADERS, KEY, VALUE);
    }
}
