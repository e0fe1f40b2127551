package dev.sluice.testkit.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The servers with Elasticsearch's interface that tests can start. */
public enum ElasticsearchKind {
    /** Elasticsearch 8, which every build has. Its build is Elastic's minimal one: no scripts, pipelines or data streams. */
    ELASTICSEARCH_8("elasticsearch-8.19.21", "docker.elastic.co/elasticsearch/elasticsearch:8.19.21");

    private final String folder;
    private final String image;

    ElasticsearchKind(String folder, String image) {
        this.folder = folder;
        this.image = image;
    }

    String image() {
        return image;
    }

    /** Returns whether a server of this kind can be started here as a child process. */
    public boolean isAvailable() {
        return ServerFiles.unpacked(folder).isPresent();
    }

    Path home() {
        return unpacked()
                .orElseThrow(
                        () -> new IllegalStateException(
                                "Cannot start " + folder
                                        + ": the build did not unpack it. Run `mvn -Dquick package -pl testkit -am` in the root of the project."));
    }

    /** Returns the version, as the server tells it. */
    String version() {
        return folder.substring(folder.lastIndexOf('-') + 1);
    }

    /** Returns the Java that runs it. */
    Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** Returns settings that a server of this kind needs. */
    Map<String, String> settings() {
        return Map.of("xpack.security.enabled", "false");
    }

    /** Returns what a container of this kind needs in its environment. */
    Map<String, String> environment() {
        return Map.of("xpack.security.enabled", "false", "ES_JAVA_OPTS", "-Xms512m -Xmx512m");
    }

    private Optional<Path> unpacked() {
        return ServerFiles.unpacked(folder);
    }

    /** Returns the source of the program that runs the node; a resource beside this class. */
    String program() {
        return "ElasticsearchNode.java";
    }

    /** Returns the options with which Java finds the server. */
    List<String> classes() {
        return List.of("--module-path", home().resolve("lib").toString(), "--add-modules", "ALL-MODULE-PATH");
    }
}
