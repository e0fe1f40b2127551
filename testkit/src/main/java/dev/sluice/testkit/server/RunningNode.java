package dev.sluice.testkit.server;

import java.nio.file.Path;

/** A node that may be killed and started again; used by one thread at a time. */
final class RunningNode implements RunningElasticsearch {
    private final Path folder;
    private ElasticsearchNode node;

    RunningNode(Path folder, ElasticsearchNode node) {
        this.folder = folder;
        this.node = node;
    }

    int port() {
        return node.port();
    }

    @Override
    public void kill() {
        node.kill();
    }

    @Override
    public void restart() {
        node = node.again();
    }

    @Override
    public Path config() {
        return folder.resolve("config");
    }

    @Override
    public void end() {
        node.end();
    }
}
