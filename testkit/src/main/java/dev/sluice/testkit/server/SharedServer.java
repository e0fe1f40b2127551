package dev.sluice.testkit.server;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A server that starts at its first use and ends with the JVM.
 *
 * @param <S> the server
 */
public final class SharedServer<S extends TestingServer> {
    private final String name;
    private final Callable<S> docker;
    private final Callable<S> embedded;
    private final Map<ServerPlace, S> running = new ConcurrentHashMap<>();

    /**
     * Describes a server; starts nothing yet.
     *
     * @param name what it is, for failures
     * @param docker starts it in a container
     * @param embedded starts it as a child process
     */
    public SharedServer(String name, Callable<S> docker, Callable<S> embedded) {
        this.name = name;
        this.docker = docker;
        this.embedded = embedded;
    }

    /** Returns the server at the place that this machine offers, started if need be. */
    public S get() {
        return get(ServerPlace.here());
    }

    /** Returns the server at a place, started if need be; for tests of the server itself. */
    public S get(ServerPlace place) {
        return running.computeIfAbsent(place, this::start);
    }

    private S start(ServerPlace place) {
        try {
            S server = switch (place) {
                case DOCKER -> docker.call();
                case EMBEDDED -> embedded.call();
            };
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "close-" + name));
            return server;
        } catch (Exception failed) {
            throw new IllegalStateException("Cannot start " + name + " for tests (" + place + ").", failed);
        }
    }
}
