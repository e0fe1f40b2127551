package dev.sluice.testkit.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A proxy for HTTP/1.1 between a client and a server with Elasticsearch's interface.
 *
 * <pre>{@code
 * try (FaultProxy proxy = FaultProxy.before(server.url())) {
 *     proxy.next(Fault.status(429), Fault.refuseItems(Refusal.REJECTED, item -> item.id().equals("7")));
 *     … // a sink that writes to proxy.url()
 *     assertThat(proxy.bulks()).hasSize(3);
 * }
 * }</pre>
 *
 * <p>Requests pass until a test says otherwise: {@link #next} for the next bulk requests, {@link #rule} for any request,
 * {@link #down} for the node. May be used from any thread.
 */
public final class FaultProxy implements AutoCloseable {
    private final InetSocketAddress server;
    private final InetSocketAddress address;
    private final AtomicInteger requests = new AtomicInteger();
    private final List<SeenRequest> seen = new CopyOnWriteArrayList<>();
    private final Queue<Fault> script = new ConcurrentLinkedQueue<>();
    private final Map<ProxyConnection, Thread> connections = new ConcurrentHashMap<>();
    private volatile Function<Exchange, Fault> rule = exchange -> Fault.none();
    private volatile @Nullable ServerSocket listening;

    private FaultProxy(InetSocketAddress server) throws IOException {
        this.server = server;
        ServerSocket socket = listen(0);
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
    }

    /** Starts a proxy on loopback before a server, {@code http://host:port}. */
    public static FaultProxy before(String url) {
        URI uri = URI.create(url);
        try {
            return new FaultProxy(new InetSocketAddress(uri.getHost(), uri.getPort()));
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot start a proxy before " + url + ".", failed);
        }
    }

    private ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        listening = socket;
        thread("accepts", () -> accept(socket)).start();
        return socket;
    }

    private static Thread thread(String name, Runnable work) {
        // Plain threads: a proxy has a handful of connections, and a fault may hold one for long.
        Thread thread = new Thread(work, "fault-proxy-" + name);
        thread.setDaemon(true);
        return thread;
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                serve(socket.accept());
            } catch (IOException closed) {
                assert socket.isClosed() : closed;
            }
        }
    }

    private void serve(Socket client) {
        ProxyConnection connection = new ProxyConnection(this, client, server);
        Thread thread = thread("serves", () -> {
            connection.serve();
            connections.remove(connection);
        });
        connections.put(connection, thread);
        thread.start();
    }

    /** Deals with a request, on the thread of its connection. */
    void handle(HttpMessage request, ProxyConnection connection) throws IOException, InterruptedException {
        Exchange exchange = new Exchange(requests.getAndIncrement(), request, connection, seen::add);
        Fault scripted = exchange.isBulk() ? script.poll() : null;
        exchange.meet(scripted == null ? rule.apply(exchange) : scripted);
    }

    /** Returns the address for clients, {@code http://127.0.0.1:port}. */
    public String url() {
        return "http://127.0.0.1:" + address.getPort();
    }

    /** Says what happens to the next bulk requests, one each, in the order in which they come. */
    public void next(Fault... faults) {
        script.addAll(List.of(faults));
    }

    /** Says what happens to each request for which {@link #next} says nothing. Asked on the thread of the connection. */
    public void rule(Function<Exchange, Fault> newRule) {
        rule = newRule;
    }

    /** Says what happens to each bulk request from now on; others pass. */
    public void onBulk(Fault fault) {
        rule(exchange -> exchange.isBulk() ? fault : Fault.none());
    }

    /** Lets everything pass again. */
    public void heal() {
        script.clear();
        rule(exchange -> Fault.none());
    }

    /** Takes the node off the network: connections break, and new ones are refused. */
    public synchronized void down() {
        ServerSocket socket = listening;
        if (socket == null) {
            return;
        }
        listening = null;
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot stop listening at " + address + ".", failed);
        }
        breakConnections();
    }

    /** Breaks all connections; new ones are accepted. */
    public void breakConnections() {
        connections.forEach((connection, thread) -> {
            connection.resetQuietly();
            thread.interrupt();
        });
    }

    /** Brings the node back, at the same port. */
    public synchronized void up() {
        if (listening != null) {
            return;
        }
        try {
            ServerSocket socket = listen(address.getPort());
            assert socket.isBound();
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot listen at " + address + " again.", failed);
        }
    }

    /** Returns the requests that the proxy is done with. */
    public List<SeenRequest> requests() {
        return List.copyOf(seen);
    }

    /** Returns the bulk requests that the proxy is done with. */
    public List<SeenRequest> bulks() {
        return seen.stream().filter(SeenRequest::isBulk).toList();
    }

    /** Ends the proxy and what waits in it. */
    @Override
    public void close() {
        down();
    }
}
