package dev.sluice.runtime.cli.kafka;

import dev.sluice.api.error.ConnectorException;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Asks whether a broker answers, before a tool is started: Kafka's clients would try for a minute, and write a line for
 * each try. A broker that is just starting gets a few seconds.
 */
final class BrokerProbe {
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int ANSWER_MILLIS_MAX = 5_000;
    private static final int CORRELATION_ID = 1;
    private static final String CLIENT_ID = "sluice-probe";
    private static final short API_VERSIONS = 18;

    private final BootstrapServers servers;
    private final long patienceNanos;

    BrokerProbe(BootstrapServers servers, Duration patience) {
        this.servers = servers;
        this.patienceNanos = patience.toNanos();
    }

    /**
     * Waits until one of the brokers answers.
     *
     * @throws ConnectorException saying why none does
     */
    void await() throws InterruptedException {
        if (servers.addresses().isEmpty()) {
            return;
        }
        long begin = System.nanoTime();
        while (true) {
            StringBuilder why = new StringBuilder();
            for (String address : servers.addresses()) {
                try {
                    ask(address);
                    return;
                } catch (IOException e) {
                    why.append(why.length() == 0 ? "" : "; ")
                            .append(address)
                            .append(": ")
                            .append(e.getMessage());
                }
            }
            if (System.nanoTime() - begin > patienceNanos) {
                throw new ConnectorException("Cannot reach a broker at " + why
                        + ". Start one with 'sluice broker', or correct the address.");
            }
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
    }

    private void ask(String address) throws IOException {
        int split = address.lastIndexOf(':');
        if (split < 1 || !address.substring(split + 1).matches("\\d{1,5}")) {
            throw new ConnectorException("Cannot use the address " + address + ": it must be host:port, such as"
                    + " localhost:9092. Correct it.");
        }
        String host = address.substring(0, split).replaceAll("^\\[|\\]$", "");
        try (Socket socket = new Socket()) {
            InetSocketAddress to = new InetSocketAddress(host, Integer.parseInt(address.substring(split + 1)));
            if (to.isUnresolved()) {
                throw new IOException("no such host");
            }
            socket.connect(to, ANSWER_MILLIS_MAX);
            if (servers.isPlain()) {
                askVersions(socket);
            }
        }
    }

    /** Every broker answers this request before a login, but not on a port with TLS, or one that is no broker's at all. */
    private static void askVersions(Socket socket) throws IOException {
        socket.setSoTimeout(ANSWER_MILLIS_MAX);
        byte[] client = CLIENT_ID.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer request = ByteBuffer.allocate(14 + client.length);
        request.putInt(10 + client.length)
                .putShort(API_VERSIONS)
                .putShort((short) 0)
                .putInt(CORRELATION_ID);
        request.putShort((short) client.length).put(client);
        socket.getOutputStream().write(request.array());
        try {
            DataInputStream answer = new DataInputStream(socket.getInputStream());
            int size = answer.readInt();
            if (size < 8 || answer.readInt() != CORRELATION_ID) {
                throw new IOException("what answers there is no Kafka broker");
            }
        } catch (SocketTimeoutException | java.io.EOFException | java.net.SocketException e) {
            throw new IOException(
                    "what listens there does not speak Kafka's protocol in plain text; for TLS, give the tool its file"
                            + " of settings",
                    e);
        }
    }
}
