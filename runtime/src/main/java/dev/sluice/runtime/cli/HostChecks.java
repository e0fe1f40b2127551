package dev.sluice.runtime.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;

/** Looks at Java and the ports. */
final class HostChecks {
    private static final int JAVA_MIN = 17;
    private static final long HEAP_BYTES_MIN = 200L << 20;

    private HostChecks() {}

    static Finding java(int feature) {
        String found = "Java " + feature + " with at most "
                + Sizes.inWords(Runtime.getRuntime().maxMemory()) + " of heap";
        if (feature < JAVA_MIN) {
            return Finding.problem(found + ". Use Java " + JAVA_MIN + " or newer: set JAVA_HOME.");
        }
        if (Runtime.getRuntime().maxMemory() < HEAP_BYTES_MIN) {
            return Finding.warning(found + ". Give it more, such as SLUICE_HEAP_OPTS=-Xmx512m.");
        }
        return Finding.ok(found);
    }

    /** Takes the port for a moment; whoever has it says no. */
    static Finding port(URI listener) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // as the server does: a port that is only winding down counts as free
            socket.bind(new InetSocketAddress(listener.getHost(), listener.getPort()));
            return Finding.ok("REST can listen on " + listener);
        } catch (IOException e) {
            return Finding.problem("REST cannot listen on " + listener + ": " + e.getMessage()
                    + ". Stop what listens there, or set listeners to another address.");
        } catch (IllegalArgumentException e) {
            return Finding.problem("REST cannot listen on " + listener + ": the host is not known. Correct listeners.");
        }
    }
}
