package dev.sluice.broker.net;

import dev.sluice.broker.handler.Call;
import dev.sluice.broker.handler.Handler;
import dev.sluice.broker.handler.Handlers;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.network.ClientInformation;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.RequestContext;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/** Reads the requests of one connection from their frames. */
final class Requests {
    private final Handlers handlers;
    private final RequestMetrics metrics;
    private final VertxLoop loop;
    private final ListenerName listener;
    private final SecurityProtocol protocol;
    private final InetSocketAddress client;
    private final Supplier<KafkaPrincipal> principal;

    Requests(
            Front front,
            VertxLoop loop,
            Listener listener,
            InetSocketAddress client,
            Supplier<KafkaPrincipal> principal) {
        handlers = front.handlers();
        metrics = front.requestMetrics();
        this.loop = loop;
        this.listener = new ListenerName(listener.name());
        protocol = listener.protocol();
        this.client = client;
        this.principal = principal;
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
        RequestHeader header = RequestHeader.parse(frame);
        Handler<?> handler = handlers.find(header.apiKey())
                .filter(found -> isUnderstood(found, header))
                .orElseThrow(() -> new InvalidRequestException(
                        header.apiKey() + " in version " + header.apiVersion() + " is not understood here"));
        return exchange(handler, contextOf(header), frame, requestBytes);
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
                principal.get(),
                listener,
                protocol,
                ClientInformation.EMPTY,
                false);
    }

    private <Q extends AbstractRequest> Exchange<Q> exchange(
            Handler<Q> handler, RequestContext context, ByteBuffer frame, int requestBytes) {
        @SuppressWarnings("unchecked") // the handler was found by the key of the request
        Q request = (Q) context.parseRequest(frame).request;
        return new Exchange<>(handler, new Call<>(request, context, loop), requestBytes, metrics.of(handler.key()));
    }
}
