package dev.sluice.plugin.standard;

import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.plugin.Plugin;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.testkit.ReferencePage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The tables of settings are those of the plugins; {@code -Dsluice.golden=write} renews them. */
class ReferencePagesTest {
    private static final Path PAGES = Path.of(System.getProperty("basedir", "."), "../../docs/reference");

    @Test
    void describesTheTransformations() throws IOException {
        ReferencePage.assertShows(PAGES.resolve("transformations.md"), specs(PluginKind.TRANSFORMATION));
    }

    @Test
    void describesThePredicates() throws IOException {
        ReferencePage.assertShows(PAGES.resolve("predicates.md"), specs(PluginKind.PREDICATE));
    }

    @Test
    void describesTheConfigProviders() throws IOException {
        ReferencePage.assertShows(PAGES.resolve("config-providers.md"), specs(PluginKind.CONFIG_PROVIDER));
    }

    /** Those that come for key and value share their settings, and a heading. */
    private static Map<String, ConfigSpec> specs(PluginKind kind) {
        Map<String, ConfigSpec> specs = new TreeMap<>();
        for (Object each : ServiceLoader.load(kind.type())) {
            Class<?> outer = each.getClass().getDeclaringClass();
            String name = outer == null
                    ? each.getClass().getSimpleName()
                    : outer.getSimpleName() + "$Key, " + outer.getSimpleName() + "$Value";
            specs.put(name, ((Plugin) each).configSpec());
        }
        return specs;
    }
}
