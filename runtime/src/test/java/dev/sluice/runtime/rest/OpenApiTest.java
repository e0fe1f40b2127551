package dev.sluice.runtime.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The document and the table of routes in the docs come from the definitions; {@code -Dsluice.golden=write} renews both. */
final class OpenApiTest {
    private static final Path DOCS = Path.of(System.getProperty("basedir", "."), "../docs");
    private static final Path DOCUMENT = DOCS.resolve("reference/openapi.json");
    private static final Path PAGE = DOCS.resolve("rest.md");
    private static final String BEGIN = "<!-- Generated from the routes. -->\n\n";
    private static final String END = "\n<!-- End of what is generated. -->";

    static List<Endpoint> endpoints() {
        RestServices services = new RestServices(
                new FakeConnectors(),
                new FakePluginConfigs(),
                new FakeMask(),
                () -> "",
                LogbackLoggers.ofProcess(Clock.systemUTC()),
                () -> CompletableFuture.completedFuture(null));
        List<Endpoint> all = Stream.concat(
                        Routes.main(services, Runnable::run).stream(), Routes.admin(services).stream())
                .toList();
        return Routes.withDocument(all);
    }

    @Test
    void theDocumentIsThatOfTheRoutes() throws IOException {
        String expected = new String(Json.indented(OpenApi.document(endpoints())), StandardCharsets.UTF_8) + "\n";
        if (isRenewed()) {
            Files.writeString(DOCUMENT, expected);
        }
        assertThat(Files.readString(DOCUMENT)).isEqualTo(expected);
    }

    private static boolean isRenewed() {
        return "write".equals(System.getProperty("sluice.golden"));
    }

    @Test
    void everySchemaIsThere() {
        String document = new String(Json.bytes(OpenApi.document(endpoints())), StandardCharsets.UTF_8);
        Set<String> named = new TreeSet<>();
        Matcher reference = Pattern.compile("#/components/schemas/(\\w+)").matcher(document);
        while (reference.find()) {
            named.add(reference.group(1));
        }
        assertThat(Schemas.ALL.keySet()).containsAll(named);
        assertThat(named).as("schemas that something uses").containsAll(Schemas.ALL.keySet());
    }

    @Test
    void thePageListsTheRoutes() throws IOException {
        String text = Files.readString(PAGE);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        String expected = text.substring(0, begin) + table(endpoints()) + text.substring(end);
        if (isRenewed()) {
            Files.writeString(PAGE, expected);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(expected);
    }

    private static String table(List<Endpoint> endpoints) {
        StringBuilder table = new StringBuilder("| route | role | answers | what it does |\n|---|---|---|---|\n");
        for (Endpoint endpoint : endpoints) {
            Description about = endpoint.description();
            if (!about.answers().isEmpty()) {
                table.append("| `").append(endpoint.method()).append(' ').append(endpoint.path());
                String query = String.join(
                        "&", about.query().stream().map(Parameter::name).toList());
                table.append(query.isEmpty() ? "" : "?" + query)
                        .append("` | ")
                        .append(about.role().word());
                table.append(" | ")
                        .append(String.join(
                                ", ",
                                about.answers().keySet().stream()
                                        .map(String::valueOf)
                                        .toList()));
                table.append(" | ").append(about.summary()).append(" |\n");
            }
        }
        return table.toString();
    }
}
