package dev.sluice.plugin.standard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.convert.Converter;
import dev.sluice.api.convert.HeaderConverter;
import dev.sluice.api.plugin.Plugin;
import dev.sluice.api.plugin.PluginKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The files by which the runtime finds the plugins. */
class ManifestTest {
    @Test
    void offersEveryConverter() {
        Set<String> names = names(Converter.class);

        assertThat(names)
                .containsExactlyInAnyOrder(
                        "JsonConverter",
                        "StringConverter",
                        "ByteArrayConverter",
                        "BooleanConverter",
                        "ShortConverter",
                        "IntegerConverter",
                        "LongConverter",
                        "FloatConverter",
                        "DoubleConverter");
        Set<String> headerNames = new HashSet<>(names);
        headerNames.add("SimpleHeaderConverter");
        assertThat(names(HeaderConverter.class)).isEqualTo(headerNames);
    }

    @Test
    void answersToKafkaConnectsClassNames() throws Exception {
        Properties aliases = aliases();

        assertThat(new HashSet<>(aliases.values())).isEqualTo(namesOfAll());
        for (String alias : aliases.stringPropertyNames()) {
            Class<?> kafka = Class.forName(alias);
            Class<?> ours = Class.forName(aliases.getProperty(alias));
            assertThat(ours.getSimpleName()).isEqualTo(kafka.getSimpleName());
            assertThat(Plugin.class).isAssignableFrom(ours);
        }
    }

    private static Properties aliases() throws IOException {
        Properties aliases = new Properties();
        try (InputStream in = ManifestTest.class.getResourceAsStream("/META-INF/sluice/aliases.properties")) {
            aliases.load(in);
        }
        return aliases;
    }

    private static Set<Object> namesOfAll() {
        return Stream.of(PluginKind.values())
                .flatMap(kind ->
                        StreamSupport.stream(ServiceLoader.load(kind.type()).spliterator(), false))
                .map(plugin -> plugin.getClass().getName())
                .collect(Collectors.toSet());
    }

    private static <T> Set<String> names(Class<T> type) {
        return StreamSupport.stream(ServiceLoader.load(type).spliterator(), false)
                .map(plugin -> plugin.getClass().getSimpleName())
                .collect(Collectors.toSet());
    }
}
