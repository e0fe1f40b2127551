package dev.sluice.broker.net;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections of one event loop. Several of these share each port, and Vert.x deals new connections out to them. */
final class FrontVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(FrontVerticle.class);
    private static final long FINISH_MILLIS_MAX = 5000;

    private final Front front;
    /** By listener; the port is a negative number where any free port will do, so that all share the same. */
    private final Map<Gate, Integer> ports;

    private final BiConsumer<Listener, Integer> onBound;
    private final Set<Connection> connections = new HashSet<>();
    private final List<NetServer> servers = new ArrayList<>();

    FrontVerticle(Front front, Map<Gate, Integer> ports, BiConsumer<Listener, Integer> onBound) {
        this.front = front;
        this.ports = ports;
        this.onBound = onBound;
    }

    @Override
    public Future<?> start() {
        long idleMillis = front.limits().idleMillisMax();
        long shortestMillis = Math.min(idleMillis, front.limits().receiveMillisMax());
        for (Gate gate : ports.keySet()) {
            shortestMillis = Math.min(shortestMillis, gate.login().millisMax());
        }
        vertx.setPeriodic(Math.max(1, Math.min(shortestMillis / 4, 10_000)), timer -> {
            long now = System.nanoTime();
            List.copyOf(connections).forEach(connection -> connection.endIfStuck(now));
        });
        List<Future<NetServer>> bound = new ArrayList<>();
        ports.forEach((gate, port) -> bound.add(listen(gate, port)));
        return Future.all(bound);
    }

    private Future<NetServer> listen(Gate gate, int port) {
        NetServer server = vertx.createNetServer(new NetServerOptions()
                        .setTcpNoDelay(true)
                        .setTcpKeepAlive(true)
                        .setReuseAddress(true))
                .connectHandler(socket -> open(socket, gate));
        servers.add(server);
        Listener listener = gate.listener();
        return server.listen(port, listener.host()).onSuccess(done -> onBound.accept(listener, server.actualPort()));
    }

    private void open(NetSocket socket, Gate gate) {
        Connection connection = new Connection((NetSocketInternal) socket, front, gate);
        InetSocketAddress client = connection.client();
        ConnectionMetrics.Cells metrics =
                front.connectionMetrics().of(gate.listener().name());
        metrics.onOpened();
        connections.add(connection);
        socket.closeHandler(closed -> {
            metrics.onClosed();
            connections.remove(connection);
            front.connections().remove(client.getAddress());
            connection.onGone();
        });
        socket.endHandler(ended -> connection.onEnd());
        socket.shutdownHandler(limit -> connection.finish());
        socket.exceptionHandler(failure ->
                LOG.atDebug().addKeyValue("client", client).setCause(failure).log("a connection failed"));
        String refusal = front.connections().add(client.getAddress());
        if (refusal.isEmpty()) {
            connection.open();
            socket.handler(connection::onBytes);
        } else {
            metrics.onRefused();
            front.closed().report(client, ClosedConnections.Cause.TOO_MANY, refusal);
            socket.close().onFailure(failure -> LOG.atDebug().setCause(failure).log("a socket did not close"));
        }
    }

    /**
     * Closes the ports first; then connections take no more requests, those under way end, what waits is answered now, and
     * connections close, at last after a limit.
     */
    @Override
    public Future<?> stop() {
        Duration limit = Duration.ofMillis(FINISH_MILLIS_MAX);
        return Future.join(
                servers.stream().map(server -> server.shutdown(limit)).toList());
    }
}
