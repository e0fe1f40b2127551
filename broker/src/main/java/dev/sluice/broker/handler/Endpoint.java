package dev.sluice.broker.handler;

/**
 * An address for clients.
 *
 * @param host name or number
 * @param port the port
 */
public record Endpoint(String host, int port) {
    @Override
    public String toString() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
}
