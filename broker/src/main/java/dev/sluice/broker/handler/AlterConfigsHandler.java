package dev.sluice.broker.handler;

import dev.sluice.broker.topic.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.AlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.AlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.message.AlterConfigsResponseData;
import org.apache.kafka.common.message.AlterConfigsResponseData.AlterConfigsResourceResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.AlterConfigsRequest;
import org.apache.kafka.common.requests.AlterConfigsResponse;
import org.jspecify.annotations.Nullable;

/**
 * AlterConfigs (33), versions 0 to 2: replaces all settings of topics; what is not named goes back to the default. Older
 * clients use it. Others than topics: see {@link SettingsChange}.
 */
final class AlterConfigsHandler implements Handler<AlterConfigsRequest> {
    private final Backend backend;

    AlterConfigsHandler(Backend backend) {
        this.backend = backend;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.ALTER_CONFIGS;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 2);
    }

    @Override
    public CompletableFuture<AbstractResponse> handle(Call<AlterConfigsRequest> call) {
        boolean isOnlyCheck = call.request().data().validateOnly();
        List<CompletableFuture<AlterConfigsResourceResponse>> results = call.request().data().resources().stream()
                .map(resource -> alter(resource, isOnlyCheck))
                .toList();
        return Futures.all(results)
                .thenApply(done -> new AlterConfigsResponse(new AlterConfigsResponseData().setResponses(done)));
    }

    private CompletableFuture<AlterConfigsResourceResponse> alter(AlterConfigsResource resource, boolean isOnlyCheck) {
        return SettingsChange.of(backend, resource.resourceType(), resource.resourceName(), isOnlyCheck)
                .apply(topic -> changes(topic, resource))
                .handle((done, failure) -> new AlterConfigsResourceResponse()
                        .setResourceType(resource.resourceType())
                        .setResourceName(resource.resourceName())
                        .setErrorCode(failure == null ? Errors.NONE.code() : SettingsChange.code(failure))
                        .setErrorMessage(failure == null ? null : ErrorCodes.message(failure)));
    }

    private static Map<String, @Nullable String> changes(Topic topic, AlterConfigsResource resource) {
        Map<String, @Nullable String> changes = new HashMap<>();
        topic.settings().keySet().forEach(key -> changes.put(key, null));
        for (AlterableConfig config : resource.configs()) {
            if (config.value() == null) {
                throw Errors.INVALID_REQUEST.exception("Setting " + config.name() + " has no value.");
            }
            changes.put(config.name(), config.value());
        }
        return changes;
    }
}
