package dev.sluice.testkit.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * A full server in a container, which all tests share.
 *
 * @param container the container
 */
record ElasticsearchContainer(GenericContainer<?> container) implements RunningElasticsearch {
    private static final int PORT = 9200;
    private static final Duration START = Duration.ofMinutes(3);

    static TestingElasticsearch start(ElasticsearchKind kind) {
        @SuppressWarnings("resource") // Closed by the server that is returned.
        GenericContainer<?> container = new GenericContainer<>(kind.image())
                .withEnv(Map.of("discovery.type", "single-node", "cluster.max_shards_per_node", "10000"))
                .withEnv(kind.environment())
                .withExposedPorts(PORT)
                .waitingFor(Wait.forHttp("/_cluster/health").forPort(PORT).withStartupTimeout(START));
        container.start();
        String url = "http://" + container.getHost() + ":" + container.getMappedPort(PORT);
        return new TestingElasticsearch(
                ServerPlace.DOCKER,
                kind,
                new ElasticsearchHttp(url, null, null),
                new ElasticsearchContainer(container));
    }

    @Override
    public void kill() {
        throw new IllegalStateException("Cannot kill the Elasticsearch in a container: all tests share it. "
                + "Start one of the test's own with TestingElasticsearch.start().");
    }

    @Override
    public void restart() {
        kill();
    }

    @Override
    public Path config() {
        throw new IllegalStateException("The Elasticsearch in a container has no TLS. "
                + "Start one of the test's own with TestingElasticsearch.setup().tls().");
    }

    @Override
    public void end() {
        container.stop();
    }
}
