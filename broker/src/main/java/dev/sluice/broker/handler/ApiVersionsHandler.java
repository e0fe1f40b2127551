package dev.sluice.broker.handler;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.feature.Features;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersionCollection;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.ApiVersionsResponse;

/**
 * ApiVersions (18), versions 0 to 4: which requests the broker understands. Made from the list of handlers. A version that
 * is not understood is answered in the form of version 0 with UNSUPPORTED_VERSION and the list, so that the client can
 * ask again.
 *
 * <p>Not done: features. None is announced, so clients use the protocol of transactions that needs none.
 */
final class ApiVersionsHandler implements Handler<ApiVersionsRequest> {
    /** Old versions of librdkafka switch compression off unless version 0 is announced, which Kafka does too. */
    private static final short ANNOUNCED_OLDEST_PRODUCE = 0;

    private final List<Handler<?>> handlers;

    ApiVersionsHandler(List<Handler<?>> handlers) {
        this.handlers = handlers;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.API_VERSIONS;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 4);
    }

    @Override
    public CompletableFuture<AbstractResponse> handle(Call<ApiVersionsRequest> call) {
        if (call.request().hasUnsupportedRequestVersion()) {
            return CompletableFuture.completedFuture(answer(Errors.UNSUPPORTED_VERSION));
        }
        if (!call.request().isValid()) {
            return CompletableFuture.completedFuture(
                    call.request().getErrorResponse(0, Errors.INVALID_REQUEST.exception()));
        }
        return CompletableFuture.completedFuture(answer(Errors.NONE));
    }

    private ApiVersionsResponse answer(Errors error) {
        ApiVersionCollection versions = new ApiVersionCollection();
        for (Handler<?> handler : handlers) {
            ApiVersion version = new ApiVersion()
                    .setApiKey(handler.key().id)
                    .setMinVersion(
                            handler.key() == ApiKeys.PRODUCE
                                    ? ANNOUNCED_OLDEST_PRODUCE
                                    : handler.versions().oldest())
                    .setMaxVersion(handler.versions().latest());
            versions.mustAdd(version);
        }
        return new ApiVersionsResponse.Builder()
                .setError(error)
                .setApiVersions(versions)
                .setSupportedFeatures(Features.emptySupportedFeatures())
                .setFinalizedFeatures(java.util.Map.of())
                .setFinalizedFeaturesEpoch(ApiVersionsResponse.UNKNOWN_FINALIZED_FEATURES_EPOCH)
                .build();
    }
}
