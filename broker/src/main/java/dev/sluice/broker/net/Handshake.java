package dev.sluice.broker.net;

import dev.sluice.broker.security.Tls;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS of one connection. It begins after the connection was counted, so that the limits hold for clients that never
 * finish it. Runs on the event loop of the connection, the sums with keys on the threads of logins.
 */
final class Handshake {
    private static final Logger LOG = LoggerFactory.getLogger(Handshake.class);

    private final Tls tls;
    private final ChannelHandlerContext channel;
    private final InetSocketAddress client;
    private final SslHandler handler;
    private @Nullable KafkaPrincipal principal;

    Handshake(Gate gate, ChannelHandlerContext channel, InetSocketAddress client, Executor logins) {
        tls = Objects.requireNonNull(gate.tls());
        this.channel = channel;
        this.client = client;
        handler = new SslHandler(tls.engine(client), logins);
        handler.setHandshakeTimeoutMillis(gate.login().millisMax());
    }

    /** Encrypts from here on. What fails closes the connection. */
    void begin() {
        channel.pipeline().addFirst("ssl", handler);
        Future<?> unused = handler.handshakeFuture().addListener(this::onDone);
    }

    private void onDone(Future<?> done) {
        if (!done.isSuccess()) {
            LOG.atInfo()
                    .addKeyValue("client", client)
                    .addKeyValue("reason", String.valueOf(done.cause().getMessage()))
                    .log("a TLS handshake failed");
            ChannelFuture unused = channel.close();
        }
    }

    /** Who the client is by its certificate. Only after the handshake, which is over when a request has come. */
    KafkaPrincipal principal() {
        if (principal == null) {
            principal = tls.principal(handler.engine().getSession(), client);
        }
        return principal;
    }
}
