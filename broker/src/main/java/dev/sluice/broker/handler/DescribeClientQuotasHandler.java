package dev.sluice.broker.handler;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.DescribeClientQuotasRequestData;
import org.apache.kafka.common.message.DescribeClientQuotasRequestData.ComponentData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.DescribeClientQuotasRequest;
import org.apache.kafka.common.requests.DescribeClientQuotasResponse;
import org.jspecify.annotations.Nullable;

/**
 * DescribeClientQuotas (48), versions 0 and 1: the limits of users and client ids, chosen by name, by being the default, or
 * by kind. Nothing is known of addresses, so that asking for their limits finds none.
 */
final class DescribeClientQuotasHandler implements Handler<DescribeClientQuotasRequest> {
    private final Backend backend;

    DescribeClientQuotasHandler(Backend backend) {
        this.backend = backend;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.DESCRIBE_CLIENT_QUOTAS;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 1);
    }

    @Override
    public CompletableFuture<AbstractResponse> handle(Call<DescribeClientQuotasRequest> call) {
        DescribeClientQuotasRequestData wanted = call.request().data();
        check(wanted.components());
        Map<ClientQuotaEntity, Map<String, Double>> found =
                new HashMap<>(backend.broker().quotas().all());
        found.keySet().removeIf(entity -> !fits(entity.entries(), wanted));
        return CompletableFuture.completedFuture(DescribeClientQuotasResponse.fromQuotaEntities(found, 0));
    }

    private static void check(List<ComponentData> components) {
        Set<String> types = new HashSet<>();
        for (ComponentData component : components) {
            if (component.entityType().isEmpty() || !ClientQuotaEntity.isValidEntityType(component.entityType())) {
                throw Errors.UNSUPPORTED_VERSION.exception(
                        "Cannot describe quotas of " + component.entityType() + ": there is no such kind.");
            }
            if (!types.add(component.entityType())) {
                throw Errors.INVALID_REQUEST.exception(
                        "Cannot describe quotas: " + component.entityType() + " is named twice.");
            }
            if (component.matchType() == DescribeClientQuotasRequest.MATCH_TYPE_EXACT && component.match() == null) {
                throw Errors.INVALID_REQUEST.exception(
                        "Cannot describe quotas of " + component.entityType() + ": the name is missing.");
            }
        }
    }

    private static boolean fits(Map<String, @Nullable String> entity, DescribeClientQuotasRequestData wanted) {
        boolean hasOthers =
                wanted.strict() && entity.size() != wanted.components().size();
        return !hasOthers && wanted.components().stream().allMatch(component -> fits(entity, component));
    }

    private static boolean fits(Map<String, @Nullable String> entity, ComponentData component) {
        if (!entity.containsKey(component.entityType())) {
            return false;
        }
        String name = entity.get(component.entityType());
        return switch (component.matchType()) {
            case DescribeClientQuotasRequest.MATCH_TYPE_EXACT -> Objects.equals(name, component.match());
            case DescribeClientQuotasRequest.MATCH_TYPE_DEFAULT -> name == null;
            case DescribeClientQuotasRequest.MATCH_TYPE_SPECIFIED -> true;
            default -> throw Errors.INVALID_REQUEST.exception("Unknown match type " + component.matchType() + ".");
        };
    }
}
