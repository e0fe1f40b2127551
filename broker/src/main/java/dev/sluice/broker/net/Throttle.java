package dev.sluice.broker.net;

import dev.sluice.broker.quota.QuotaKind;
import dev.sluice.broker.quota.Quotas;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.requests.RequestContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks the quotas what a request costs its client. The answer leaves at once and tells how long the client shall wait; that
 * long its connection is not read.
 */
final class Throttle {
    private final Quotas quotas;

    Throttle(Quotas quotas) {
        this.quotas = quotas;
    }

    /** Counts a request, and says how long its connection rests, in milliseconds. */
    int millis(RequestContext context, long requestBytes, @Nullable AbstractResponse answer) {
        if (quotas.isEmpty()) {
            return 0;
        }
        if (context.header.apiKey() == ApiKeys.PRODUCE) {
            return millis(QuotaKind.PRODUCE, context, requestBytes);
        }
        return answer instanceof FetchResponse fetched
                ? millis(QuotaKind.FETCH, context, recordBytes(fetched.data()))
                : 0;
    }

    private int millis(QuotaKind kind, RequestContext context, long bytes) {
        String clientId = context.clientId() == null ? "" : context.clientId();
        long millis = quotas.throttleMillis(kind, context.principal.getName(), clientId, bytes);
        return (int) Math.min(Integer.MAX_VALUE, millis);
    }

    private static long recordBytes(FetchResponseData answer) {
        long bytes = 0;
        for (var topic : answer.responses()) {
            for (var partition : topic.partitions()) {
                bytes += FetchResponse.recordsSize(partition);
            }
        }
        return bytes;
    }
}
