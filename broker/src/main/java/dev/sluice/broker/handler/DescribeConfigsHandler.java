package dev.sluice.broker.handler;

import dev.sluice.broker.BrokerConfig;
import dev.sluice.broker.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.message.DescribeConfigsRequestData.DescribeConfigsResource;
import org.apache.kafka.common.message.DescribeConfigsResponseData;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResourceResult;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResult;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsSynonym;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.DescribeConfigsRequest;
import org.apache.kafka.common.requests.DescribeConfigsResponse;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigType;

/**
 * DescribeConfigs (32), versions 1 to 4: settings of topics and of the broker. Those of the broker are read-only: they come
 * from its file.
 *
 * <p>Not done: settings of groups, client metrics and loggers, which are refused with INVALID_REQUEST.
 */
final class DescribeConfigsHandler implements Handler<DescribeConfigsRequest> {
    private final Backend backend;

    DescribeConfigsHandler(Backend backend) {
        this.backend = backend;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.DESCRIBE_CONFIGS;
    }

    @Override
    public Versions versions() {
        return Versions.of(1, 4);
    }

    @Override
    public CompletableFuture<AbstractResponse> handle(Call<DescribeConfigsRequest> call) {
        List<DescribeConfigsResult> results = call.request().data().resources().stream()
                .map(resource -> describe(resource, call))
                .toList();
        return CompletableFuture.completedFuture(
                new DescribeConfigsResponse(new DescribeConfigsResponseData().setResults(results)));
    }

    private DescribeConfigsResult describe(DescribeConfigsResource resource, Call<DescribeConfigsRequest> call) {
        DescribeConfigsResult result = new DescribeConfigsResult()
                .setResourceType(resource.resourceType())
                .setResourceName(resource.resourceName());
        try {
            List<DescribeConfigsResourceResult> settings = new ArrayList<>(settings(resource, call));
            if (resource.configurationKeys() != null) {
                settings.removeIf(setting -> !resource.configurationKeys().contains(setting.name()));
            }
            return result.setConfigs(settings);
        } catch (ApiException e) {
            return result.setErrorCode(Errors.forException(e).code()).setErrorMessage(e.getMessage());
        }
    }

    private List<DescribeConfigsResourceResult> settings(
            DescribeConfigsResource resource, Call<DescribeConfigsRequest> call) {
        ConfigResource.Type type = ConfigResource.Type.forId(resource.resourceType());
        if (type == ConfigResource.Type.TOPIC) {
            Topic topic = ConfigTargets.topic(backend, resource.resourceName());
            return TopicSettings.of(backend, topic).stream()
                    .map(setting -> shown(setting, call))
                    .toList();
        }
        if (type == ConfigResource.Type.BROKER) {
            ConfigTargets.checkBroker(backend, resource.resourceName());
            return resource.resourceName().isEmpty()
                    ? List.of()
                    : backend.config().entries().stream()
                            .map(entry -> shown(entry, call))
                            .toList();
        }
        throw ConfigTargets.unsupported(type);
    }

    private static DescribeConfigsResourceResult shown(TopicSettings.Shown setting, Call<DescribeConfigsRequest> call) {
        return new DescribeConfigsResourceResult()
                .setName(setting.name())
                .setValue(setting.value())
                .setConfigSource(setting.source().id())
                .setConfigType(
                        ConfigType.valueOf(setting.definition().type.name()).id())
                .setSynonyms(call.request().data().includeSynonyms() ? synonyms(setting) : List.of())
                .setDocumentation(
                        call.request().data().includeDocumentation() ? setting.definition().documentation : null);
    }

    /** Where the value may come from, the one that holds first. */
    private static List<DescribeConfigsSynonym> synonyms(TopicSettings.Shown setting) {
        List<DescribeConfigsSynonym> synonyms = new ArrayList<>();
        if (setting.source() == ConfigSource.TOPIC_CONFIG) {
            synonyms.add(new DescribeConfigsSynonym()
                    .setName(setting.name())
                    .setValue(setting.value())
                    .setSource(setting.source().id()));
        }
        synonyms.add(new DescribeConfigsSynonym()
                .setName(setting.name())
                .setValue(setting.brokerValue())
                .setSource(setting.brokerSource().id()));
        return synonyms;
    }

    private static DescribeConfigsResourceResult shown(BrokerConfig.Entry entry, Call<DescribeConfigsRequest> call) {
        ConfigSource source = entry.isDefault() ? ConfigSource.DEFAULT_CONFIG : ConfigSource.STATIC_BROKER_CONFIG;
        return new DescribeConfigsResourceResult()
                .setName(entry.key())
                .setValue(entry.value())
                .setReadOnly(true)
                .setIsSensitive(entry.isSecret())
                .setConfigSource(source.id())
                .setConfigType((entry.isSecret() ? ConfigType.PASSWORD : ConfigType.STRING).id())
                .setDocumentation(call.request().data().includeDocumentation() ? entry.doc() : null);
    }
}
