package dev.sluice.testkit.server;

import org.testcontainers.DockerClientFactory;

/** Where a testing server runs. */
public enum ServerPlace {
    /** In a container of the Docker daemon. */
    DOCKER,
    /** As a child process of the test, from binaries on the class path. */
    EMBEDDED;

    /** Returns where servers run on this machine. */
    public static ServerPlace here() {
        return Here.PLACE;
    }

    /** Asks the daemon once per JVM: without one, it takes most of a second to learn so. */
    private static final class Here {
        static final ServerPlace PLACE = DockerClientFactory.instance().isDockerAvailable() ? DOCKER : EMBEDDED;
    }
}
