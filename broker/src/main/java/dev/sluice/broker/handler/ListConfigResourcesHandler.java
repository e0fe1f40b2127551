package dev.sluice.broker.handler;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.ListConfigResourcesResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ListConfigResourcesRequest;
import org.apache.kafka.common.requests.ListConfigResourcesResponse;

/**
 * ListConfigResources (74), versions 0 and 1: what has settings, topics and the broker. Version 0 asks for client metrics
 * only, and there are none.
 */
final class ListConfigResourcesHandler implements Handler<ListConfigResourcesRequest> {
    private final Backend backend;

    ListConfigResourcesHandler(Backend backend) {
        this.backend = backend;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.LIST_CONFIG_RESOURCES;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 1);
    }

    @Override
    public CompletableFuture<AbstractResponse> handle(Call<ListConfigResourcesRequest> call) {
        Set<Byte> types = Set.copyOf(call.request().data().resourceTypes());
        List<ListConfigResourcesResponseData.ConfigResource> resources = new ArrayList<>();
        if (call.version() > 0 && (types.isEmpty() || types.contains(ConfigResource.Type.TOPIC.id()))) {
            backend.broker()
                    .topics()
                    .all()
                    .keySet()
                    .forEach(name -> resources.add(resource(ConfigResource.Type.TOPIC, name)));
        }
        if (call.version() > 0 && (types.isEmpty() || types.contains(ConfigResource.Type.BROKER.id()))) {
            resources.add(resource(ConfigResource.Type.BROKER, Integer.toString(backend.nodeId())));
        }
        return CompletableFuture.completedFuture(
                new ListConfigResourcesResponse(new ListConfigResourcesResponseData().setConfigResources(resources)));
    }

    private static ListConfigResourcesResponseData.ConfigResource resource(ConfigResource.Type type, String name) {
        return new ListConfigResourcesResponseData.ConfigResource()
                .setResourceType(type.id())
                .setResourceName(name);
    }
}
