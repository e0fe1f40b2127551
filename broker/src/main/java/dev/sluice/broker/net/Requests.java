package dev.sluice.broker.net;

import dev.sluice.broker.handler.Call;
import dev.sluice.broker.handler.Handler;
import dev.sluice.broker.handler.Handlers;
import dev.sluice.broker.security.Login;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.message.SaslAuthenticateRequestData;
import org.apache.kafka.common.network.ByteBufferSend;
import org.apache.kafka.common.network.ClientInformation;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.network.Send;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestContext;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.SaslAuthenticateRequest;
import org.apache.kafka.common.requests.SaslAuthenticateResponse;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/** Reads the requests of one connection from their frames. */
final class Requests {
    private final Handlers handlers;
    private final RequestMetrics metrics;
    private final Throttle throttle;
    private final VertxLoop loop;
    private final ListenerName listener;
    private final SecurityProtocol protocol;
    private final InetSocketAddress client;
    private final Login login;

    Requests(Front front, VertxLoop loop, Listener listener, InetSocketAddress client) {
        handlers = front.handlers();
        metrics = front.requestMetrics();
        throttle = front.throttle();
        this.loop = loop;
        this.listener = new ListenerName(listener.name());
        protocol = listener.protocol();
        this.client = client;
        login = loop.login();
    }

    /**
     * Reads a request.
     *
     * @param frame the bytes after the size; the records of a produce request stay slices of it
     * @return the request, ready to run
     * @throws InvalidRequestException when it is malformed or nothing here understands it
     */
    Exchange<?> read(ByteBuffer frame) {
        int requestBytes = frame.remaining();
        if (login.expectsRawToken()) {
            return rawToken(frame);
        }
        RequestHeader header = RequestHeader.parse(frame);
        if (!login.allows(header.apiKey())) {
            throw new InvalidRequestException(
                    header.apiKey() + (login.isPending() ? " came before the login" : " came after the session's end"));
        }
        Handler<?> handler = handlers.find(header.apiKey())
                .filter(found -> isUnderstood(found, header))
                .orElseThrow(() -> new InvalidRequestException(
                        header.apiKey() + " in version " + header.apiVersion() + " is not understood here"));
        return exchange(handler, contextOf(header), frame, requestBytes);
    }

    /** After version 0 of the handshake a frame is a token, and so is its answer. */
    private Exchange<?> rawToken(ByteBuffer frame) {
        byte[] token = new byte[frame.remaining()];
        frame.get(token);
        RequestContext context = contextOf(new RequestHeader(ApiKeys.SASL_AUTHENTICATE, (short) 0, "", 0));
        @SuppressWarnings("unchecked") // the handler was found by the key of the request
        Handler<SaslAuthenticateRequest> handler = (Handler<SaslAuthenticateRequest>)
                handlers.find(ApiKeys.SASL_AUTHENTICATE).orElseThrow();
        SaslAuthenticateRequest request =
                new SaslAuthenticateRequest(new SaslAuthenticateRequestData().setAuthBytes(token), (short) 0);
        return new Exchange<>(
                handler,
                new Call<>(request, context, loop),
                token.length,
                metrics.of(handler.key()),
                throttle,
                Requests::raw);
    }

    /** A refusal has no form here: the connection just ends. */
    private static Send raw(AbstractResponse response) {
        SaslAuthenticateResponse answer = (SaslAuthenticateResponse) response;
        if (answer.error() != Errors.NONE) {
            throw answer.error().exception(answer.errorMessage());
        }
        return ByteBufferSend.sizePrefixed(ByteBuffer.wrap(answer.saslAuthBytes()));
    }

    /** The list of versions may be asked for in any version. */
    private static boolean isUnderstood(Handler<?> handler, RequestHeader header) {
        return header.apiKey() == ApiKeys.API_VERSIONS || handler.versions().contains(header.apiVersion());
    }

    private RequestContext contextOf(RequestHeader header) {
        return new RequestContext(
                header,
                client.toString(),
                client.getAddress(),
                Optional.of(client.getPort()),
                login.principal(),
                listener,
                protocol,
                ClientInformation.EMPTY,
                false);
    }

    private <Q extends AbstractRequest> Exchange<Q> exchange(
            Handler<Q> handler, RequestContext context, ByteBuffer frame, int requestBytes) {
        @SuppressWarnings("unchecked") // the handler was found by the key of the request
        Q request = (Q) context.parseRequest(frame).request;
        return new Exchange<>(
                handler,
                new Call<>(request, context, loop),
                requestBytes,
                metrics.of(handler.key()),
                throttle,
                context::buildResponseSend);
    }
}
