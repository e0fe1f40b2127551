package dev.sluice.broker.net;

import dev.sluice.broker.BrokerConfig;
import dev.sluice.broker.net.ClosedConnections.Cause;
import dev.sluice.broker.security.Login;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.network.Send;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client. Bytes come in, are cut into requests, and their answers go out in the same order (invariant 4).
 *
 * <pre>
 * socket → Frames → frame → Exchange: waiting → ready → sending → removed
 *    ↑ paused while the next request may not start
 * </pre>
 *
 * <p>As in Kafka, a request starts when the answer to the one before has left, so that requests of a client take effect one
 * after another. Only produce requests may follow each other sooner, up to {@code max.in.flight.requests.per.connection}:
 * the log keeps their order itself. A client that does not read its answers thus causes no more of them, and one that sends
 * too much is not read (invariant 6).
 *
 * <p>All methods run on the event loop of the connection.
 */
final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    /** What a request may take as objects, for each of its bytes: an estimate, by lists of elements that are almost empty. */
    private static final int OBJECT_BYTES_PER_BYTE = 16;

    private final NetSocketInternal socket;
    private final InetSocketAddress client;
    private final BrokerConfig.RequestLimits limits;
    private final RequestMemory memory;
    private final ClosedConnections closed;
    private final Login login;
    private final long loginMillisMax;
    private final VertxLoop loop;
    private final Requests requests;
    private final Outgoing out;
    private final @Nullable Handshake handshake;
    private final Frames frames;
    private final ArrayDeque<Exchange<?>> exchanges = new ArrayDeque<>();
    private @Nullable ByteBuffer frame;
    private int memoryTaken;
    private boolean isWaitingForMemory;
    private boolean isPaused;
    private boolean isPumping;
    /** No more requests are taken. */
    private boolean isEnding;
    /** The client closed; what it sent before is still appended. */
    private boolean isGone;
    /** Nothing more is done. */
    private boolean isClosed;

    /** The client is over its quota. */
    private boolean isResting;

    private final long openedNanos = System.nanoTime();
    private long restingUntilNanos = openedNanos;
    private long lastActiveNanos = openedNanos;
    /** When memory was taken for the request that is arriving. */
    private long arrivingSinceNanos;

    private long fileBytesSeen;

    Connection(NetSocketInternal socket, Front front, Gate gate) {
        this.socket = socket;
        ChannelHandlerContext channel = socket.channelHandlerContext();
        client = (InetSocketAddress) channel.channel().remoteAddress();
        limits = front.limits();
        memory = front.memory();
        closed = front.closed();
        handshake = gate.tls() == null ? null : new Handshake(gate, channel, client, front.logins());
        out = handshake == null ? new OutChannel(channel) : new TlsChannel(channel, front.readers());
        login = gate.logins() == null
                ? Login.free(handshake == null ? () -> KafkaPrincipal.ANONYMOUS : handshake::principal)
                : Login.required(gate.logins(), System::nanoTime);
        loginMillisMax = gate.login().millisMax();
        loop = new VertxLoop(channel.executor(), login);
        requests = new Requests(front, loop, gate.listener(), client);
        frames = new Frames(login.isPending() ? gate.login().requestBytesMax() : limits.bytesMax());
    }

    InetSocketAddress client() {
        return client;
    }

    /** Lets the client in, before it is read from. */
    void open() {
        if (handshake != null) {
            handshake.begin();
        }
    }

    void onBytes(Buffer bytes) {
        if (!isClosed) {
            frames.add(((BufferInternal) bytes).getByteBuf().nioBuffer());
            pump();
        }
    }

    /** Starts all requests that may start, and reads on or pauses. */
    private void pump() {
        if (isPumping || isClosed) {
            return;
        }
        isPumping = true;
        try {
            while (!isClosed && !isEnding && !isResting && hasFrame() && mayStart()) {
                start();
            }
            pauseOrResume(frame != null || isWaitingForMemory || isEnding || isResting);
        } catch (Frames.MalformedFrame | InvalidRequestException e) {
            end(Cause.BAD_REQUEST, String.valueOf(e.getMessage()));
        } finally {
            isPumping = false;
        }
    }

    private boolean hasFrame() throws Frames.MalformedFrame {
        if (frame == null && frames.hasSize() && takeMemory()) {
            frame = frames.next();
        }
        return frame != null;
    }

    private boolean takeMemory() {
        if (memoryTaken == 0 && frames.size() > 0 && !isWaitingForMemory && !login.isPending()) {
            if (memory.tryTake(frames.size(), () -> loop.execute(this::onMemory))) {
                memoryTaken = frames.size();
                arrivingSinceNanos = System.nanoTime();
            } else {
                isWaitingForMemory = true;
            }
        }
        return !isWaitingForMemory;
    }

    private void onMemory() {
        isWaitingForMemory = false;
        pump();
    }

    private boolean mayStart() {
        if (exchanges.isEmpty()) {
            return true;
        }
        return exchanges.size() < limits.inFlightMax() && exchanges.getLast().isProduce() && isProduce(frame);
    }

    private static boolean isProduce(@Nullable ByteBuffer frame) {
        return frame != null && frame.remaining() >= Short.BYTES && frame.getShort(0) == ApiKeys.PRODUCE.id;
    }

    private void pauseOrResume(boolean isFull) {
        if (isFull != isPaused && !isClosed) {
            isPaused = isFull;
            if (isFull) {
                socket.pause();
            } else {
                socket.resume();
            }
        }
    }

    private void start() {
        lastActiveNanos = System.nanoTime();
        boolean isWanted = !isGone || isProduce(frame);
        long sizeBytes = memoryTaken; // none before the login: who is not in shall not hold up who is
        ByteBuffer bytes = takeFrame();
        if (!isWanted) {
            memory.giveBack(sizeBytes);
            return;
        }
        if (!isProduce(bytes)) {
            checkControlSize(sizeBytes);
            memory.take(sizeBytes * (OBJECT_BYTES_PER_BYTE - 1));
            sizeBytes *= OBJECT_BYTES_PER_BYTE;
        }
        run(read(bytes, sizeBytes), sizeBytes);
    }

    private void checkControlSize(long sizeBytes) {
        if (sizeBytes > limits.controlBytesMax()) {
            memory.giveBack(sizeBytes);
            throw new InvalidRequestException("a request of " + sizeBytes
                    + " bytes that does not produce; allowed is control.request.max.bytes="
                    + limits.controlBytesMax());
        }
    }

    private Exchange<?> read(ByteBuffer bytes, long memoryBytes) {
        try {
            return requests.read(bytes);
        } catch (InvalidRequestException e) {
            memory.giveBack(memoryBytes);
            throw e;
        }
    }

    private void run(Exchange<?> exchange, long memoryBytes) {
        exchanges.add(exchange);
        var unused = exchange.run()
                .whenComplete((response, failure) -> loop.hop(() -> {
                    memory.giveBack(memoryBytes);
                    onAnswer(exchange, response, failure);
                }));
    }

    private ByteBuffer takeFrame() {
        ByteBuffer taken = frame;
        if (taken == null) {
            throw new IllegalStateException("a request should start only when its frame is there");
        }
        frame = null;
        memoryTaken = 0; // from here on the caller gives it back
        return taken;
    }

    private void onAnswer(Exchange<?> exchange, @Nullable AbstractResponse response, @Nullable Throwable failure) {
        if (isClosed) {
            return;
        }
        if (isGone) {
            exchanges.remove(exchange);
            pump();
            return;
        }
        try {
            exchange.onAnswer(response, failure);
            rest(exchange.restMillis());
            send();
        } catch (Exchange.NoAnswer | IOException | KafkaException e) {
            LOG.atDebug().setCause(e).log("no answer");
            end(Cause.NO_ANSWER, exchange + ": " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("request", exchange).setCause(e).log("an answer cannot be sent");
            end(Cause.NO_ANSWER, exchange + ": " + e.getMessage());
        }
        pump();
    }

    /** Reads nothing for some time. The answers to what was read before still leave. */
    private void rest(int millis) {
        if (millis > 0) {
            restingUntilNanos = Math.max(restingUntilNanos, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
            isResting = true;
            var unused = loop.after(millis, this::onRested);
        }
    }

    private void onRested() {
        long leftNanos = restingUntilNanos - System.nanoTime();
        if (leftNanos <= 0) {
            isResting = false;
            pump();
        }
    }

    /** Sends what is ready, from the head of the queue on. Invariant 4: nothing overtakes an answer that is waited for. */
    private void send() throws IOException {
        for (Exchange<?> next = nextToSend(); next != null; next = nextToSend()) {
            Exchange<?> sending = next;
            Send send = sending.send();
            if (send == null) {
                onSent(sending);
            } else {
                ChannelFuture unused = out.write(send).addListener(written -> {
                    onSent(sending);
                    pump();
                });
            }
        }
    }

    private @Nullable Exchange<?> nextToSend() {
        for (Exchange<?> exchange : exchanges) {
            if (!exchange.isSending()) {
                return exchange.beginSending() ? exchange : null;
            }
        }
        return null;
    }

    /** Answers leave in order, so the sent one is the first. */
    private void onSent(Exchange<?> sent) {
        exchanges.remove(sent);
        onLogin();
        lastActiveNanos = System.nanoTime();
        sent.onSent(lastActiveNanos);
        if (isEnding && exchanges.isEmpty()) {
            close();
        }
    }

    /** Lets requests be large when the client has come in, and ends the connection where it has failed to. */
    private void onLogin() {
        if (login.hasFailed()) {
            end(Cause.LOGIN_FAILED, "the login failed");
        } else if (!login.isPending()) {
            frames.allow(limits.bytesMax());
        }
    }

    /** Ends the connection if nothing happened for the longest time allowed, or if its request holds others up. */
    void endIfStuck(long nowNanos) {
        if (isClosed) {
            return;
        }
        if (login.isPending() && millis(nowNanos - openedNanos) > loginMillisMax) {
            end(Cause.TOO_SLOW, "no login within connection.login.timeout.ms=" + loginMillisMax);
            return;
        }
        if (out.fileBytesSent() != fileBytesSeen) {
            fileBytesSeen = out.fileBytesSent();
            lastActiveNanos = nowNanos;
        }
        if (memoryTaken > RequestMemory.SMALL_BYTES
                && memory.isShort()
                && millis(nowNanos - arrivingSinceNanos) > limits.receiveMillisMax()) {
            end(
                    Cause.TOO_SLOW,
                    "a request of " + memoryTaken + " bytes did not arrive within request.receive.timeout.ms="
                            + limits.receiveMillisMax() + " while others waited for memory");
        } else if (millis(nowNanos - lastActiveNanos) > limits.idleMillisMax()) {
            endIdle();
        }
    }

    private void endIdle() {
        if (exchanges.isEmpty()) {
            LOG.atDebug().addKeyValue("client", client).log("idle connection ends");
            close();
        } else if (exchanges.getFirst().isSending()) {
            end(Cause.TOO_SLOW, "its answers were not read for connections.max.idle.ms=" + limits.idleMillisMax());
        }
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    /** Takes no more requests, lets those that wait be answered now, and ends when their answers have left. */
    void finish() {
        isEnding = true;
        loop.stop();
        if (exchanges.isEmpty()) {
            close();
        } else {
            pauseOrResume(true);
        }
    }

    private void end(Cause cause, String reason) {
        closed.report(client, cause, reason);
        close();
    }

    private void close() {
        onEnd();
        socket.close().onFailure(failure -> LOG.atDebug().setCause(failure).log("a socket did not close"));
    }

    /**
     * The client is gone. Whoever waits for it is let go; what it sent before is still appended, because producers that want
     * no answer close when they have sent.
     */
    void onGone() {
        if (!isClosed) {
            isGone = true;
            isResting = false; // what it sent before is appended now
            exchanges.removeIf(Exchange::isReady);
            List.copyOf(exchanges).forEach(Exchange::cancel);
            pump();
        }
    }

    /** Nothing more will come: all that the client sent has been seen, or is not wanted. Memory of requests under way follows with their answers. */
    void onEnd() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        memory.giveBack(memoryTaken);
        memoryTaken = 0;
        List.copyOf(exchanges).forEach(Exchange::cancel);
        exchanges.clear();
    }
}
