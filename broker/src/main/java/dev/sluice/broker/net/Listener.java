package dev.sluice.broker.net;

/**
 * One address that clients connect to.
 *
 * @param name its name in {@code listeners}
 * @param host where it listens
 * @param port its port; 0 for any that is free
 * @param advertisedHost the host that clients are told
 * @param advertisedPort the port that clients are told; 0 for the one that it listens on
 */
record Listener(String name, String host, int port, String advertisedHost, int advertisedPort) {
    boolean isLoopback() {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }
}
