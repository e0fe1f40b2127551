package dev.sluice.testkit.server;

/** A running server for tests. */
public interface TestingServer extends AutoCloseable {
    /** Returns where it runs. */
    ServerPlace place();

    /** Ends the server. */
    @Override
    void close();
}
