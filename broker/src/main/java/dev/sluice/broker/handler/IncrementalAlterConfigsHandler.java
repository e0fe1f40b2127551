package dev.sluice.broker.handler;

import dev.sluice.broker.log.LogConfigs;
import dev.sluice.broker.topic.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData.AlterConfigsResourceResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.IncrementalAlterConfigsRequest;
import org.apache.kafka.common.requests.IncrementalAlterConfigsResponse;
import org.jspecify.annotations.Nullable;

/** IncrementalAlterConfigs (44), versions 0 and 1: changes some settings of topics. Others: see {@link SettingsChange}. */
final class IncrementalAlterConfigsHandler implements Handler<IncrementalAlterConfigsRequest> {
    private final Backend backend;

    IncrementalAlterConfigsHandler(Backend backend) {
        this.backend = backend;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.INCREMENTAL_ALTER_CONFIGS;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 1);
    }

    @Override
    public CompletableFuture<AbstractResponse> handle(Call<IncrementalAlterConfigsRequest> call) {
        boolean isOnlyCheck = call.request().data().validateOnly();
        List<CompletableFuture<AlterConfigsResourceResponse>> results = call.request().data().resources().stream()
                .map(resource -> alter(resource, isOnlyCheck))
                .toList();
        return Futures.all(results)
                .thenApply(done -> new IncrementalAlterConfigsResponse(
                        new IncrementalAlterConfigsResponseData().setResponses(done)));
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

    private Map<String, @Nullable String> changes(Topic topic, AlterConfigsResource resource) {
        Map<String, @Nullable String> changes = new HashMap<>();
        for (AlterableConfig config : resource.configs()) {
            if (changes.containsKey(config.name())) {
                throw Errors.INVALID_REQUEST.exception("Setting " + config.name() + " is named twice.");
            }
            changes.put(config.name(), changed(topic, config));
        }
        return changes;
    }

    private @Nullable String changed(Topic topic, AlterableConfig config) {
        AlterConfigOp.OpType operation = AlterConfigOp.OpType.forId(config.configOperation());
        if (operation == null) {
            throw Errors.INVALID_REQUEST.exception("Unknown operation " + config.configOperation() + ".");
        }
        if (operation == AlterConfigOp.OpType.DELETE) {
            return null;
        }
        String value = config.value();
        if (value == null) {
            throw Errors.INVALID_REQUEST.exception("Setting " + config.name() + " has no value.");
        }
        return operation == AlterConfigOp.OpType.SET ? value : changedList(topic, config.name(), value, operation);
    }

    private String changedList(Topic topic, String name, String value, AlterConfigOp.OpType operation) {
        ConfigDef.ConfigKey definition = LogConfigs.definitions().get(name);
        if (definition == null || definition.type != ConfigDef.Type.LIST) {
            throw Errors.INVALID_CONFIG.exception("Cannot " + operation + " to setting " + name + ": it is no list.");
        }
        String current = backend.broker().topics().effectiveSettings(topic).getOrDefault(name, "");
        List<String> words = new ArrayList<>(words(current));
        words.removeAll(words(value));
        if (operation == AlterConfigOp.OpType.APPEND) {
            words.addAll(words(value));
        }
        return String.join(",", words);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
