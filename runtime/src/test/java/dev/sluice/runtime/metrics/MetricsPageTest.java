package dev.sluice.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of all metrics follows from their definitions; {@code -Dsluice.golden=write} renews it. */
final class MetricsPageTest {
    private static final String MARK = "<!-- What follows is generated from the definitions. -->\n";

    @Test
    void thePageShowsAllMetrics() throws IOException {
        Path page = Path.of(System.getProperty("basedir", "."), "../docs/metrics.md");
        String text = Files.readString(page);
        String expected = text.substring(0, text.indexOf(MARK))
                + MARK
                + Catalog.FAMILIES.stream().map(MetricsPageTest::section).collect(Collectors.joining());
        if ("write".equals(System.getProperty("sluice.golden"))) {
            Files.writeString(page, expected);
        }

        assertThat(Files.readString(page)).isEqualTo(expected);
    }

    private static <S extends Subject> String section(Family<S> family) {
        String bean = family.domain() + ":type=" + family.type()
                + family.labels().stream().map(label -> "," + label + "=…").collect(Collectors.joining());
        String level = family.level() == RecordingLevel.DEBUG ? "Only with `metrics.recording.level=DEBUG`.\n\n" : "";
        return "\n### `" + bean + "`\n\n" + level + "| attribute | metric of Prometheus | kind | what it says |\n"
                + "| --- | --- | --- | --- |\n"
                + family.meters().stream().map(meter -> row(family, meter)).collect(Collectors.joining());
    }

    private static <S extends Subject> String row(Family<S> family, Meter<S> meter) {
        boolean isText = meter.kind() == Kind.TEXT;
        String name = isText ? family.infoName() : family.name(meter);
        return "| `" + meter.attribute() + "` | `" + name + "` | "
                + meter.kind().name().toLowerCase(Locale.ROOT) + " | " + meter.help() + " |\n";
    }

    @Test
    void noTwoMetricsShareANameAndEachSaysSomething() {
        Set<String> names = new HashSet<>();
        for (Family<?> family : Catalog.FAMILIES) {
            checkNames(family, names);
        }
    }

    private static <S extends Subject> void checkNames(Family<S> family, Set<String> names) {
        for (Meter<S> meter : family.meters()) {
            assertThat(meter.help()).endsWith(".");
            assertThat(meter.attribute()).matches("[a-z0-9]+(-[a-z0-9]+)*");
            if (meter.kind() != Kind.TEXT) {
                assertThat(names.add(family.name(meter))).as(family.name(meter)).isTrue();
            }
        }
        if (!family.texts().isEmpty()) {
            assertThat(names.add(family.infoName())).as(family.infoName()).isTrue();
        }
    }
}
