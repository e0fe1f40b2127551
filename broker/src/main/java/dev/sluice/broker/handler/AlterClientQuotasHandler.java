package dev.sluice.broker.handler;

import dev.sluice.broker.quota.QuotaKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.message.AlterClientQuotasRequestData;
import org.apache.kafka.common.message.AlterClientQuotasRequestData.EntryData;
import org.apache.kafka.common.message.AlterClientQuotasRequestData.OpData;
import org.apache.kafka.common.message.AlterClientQuotasResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.AlterClientQuotasRequest;
import org.apache.kafka.common.requests.AlterClientQuotasResponse;
import org.jspecify.annotations.Nullable;

/**
 * AlterClientQuotas (49), versions 0 and 1: limits of bytes produced and fetched, by user and client id.
 *
 * <p>Not done, and refused with INVALID_REQUEST: shares of request time, rates of changes to topics, and rates of new
 * connections by address. Nothing here enforces them.
 */
final class AlterClientQuotasHandler implements Handler<AlterClientQuotasRequest> {
    private static final Set<String> TYPES = Set.of(ClientQuotaEntity.USER, ClientQuotaEntity.CLIENT_ID);
    private static final Set<String> KAFKAS_KEYS =
            Set.of("request_percentage", "controller_mutation_rate", "connection_creation_rate");

    private final Backend backend;

    AlterClientQuotasHandler(Backend backend) {
        this.backend = backend;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.ALTER_CLIENT_QUOTAS;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 1);
    }

    @Override
    public CompletableFuture<AbstractResponse> handle(Call<AlterClientQuotasRequest> call) {
        AlterClientQuotasRequestData data = call.request().data();
        List<CompletableFuture<AlterClientQuotasResponseData.EntryData>> results = data.entries().stream()
                .map(entry -> alter(entry, data.validateOnly()))
                .toList();
        return Futures.all(results)
                .thenApply(done -> new AlterClientQuotasResponse(new AlterClientQuotasResponseData().setEntries(done)));
    }

    private CompletableFuture<AlterClientQuotasResponseData.EntryData> alter(EntryData entry, boolean isOnlyCheck) {
        CompletableFuture<Void> altered;
        try {
            ClientQuotaEntity entity = entity(entry);
            Map<String, @Nullable Double> changes = changes(entry);
            altered = isOnlyCheck
                    ? CompletableFuture.completedFuture(null)
                    : backend.broker().quotas().alter(entity, changes);
        } catch (ApiException e) {
            altered = CompletableFuture.failedFuture(e);
        }
        return altered.handle((done, failure) -> answer(entry, failure));
    }

    private static ClientQuotaEntity entity(EntryData entry) {
        Map<String, @Nullable String> entries = new HashMap<>();
        entry.entity().forEach(part -> {
            if (!TYPES.contains(part.entityType())) {
                throw Errors.INVALID_REQUEST.exception("Cannot set quotas of " + part.entityType()
                        + ": this broker limits by user and client-id only.");
            }
            if (entries.containsKey(part.entityType()) || "".equals(part.entityName())) {
                throw Errors.INVALID_REQUEST.exception(
                        "Cannot set quotas: " + part.entityType() + " must have one name or be the default.");
            }
            entries.put(part.entityType(), part.entityName());
        });
        if (entries.isEmpty()) {
            throw Errors.INVALID_REQUEST.exception("Cannot set quotas: name a user or a client-id.");
        }
        return new ClientQuotaEntity(entries);
    }

    private static Map<String, @Nullable Double> changes(EntryData entry) {
        Map<String, @Nullable Double> changes = new HashMap<>();
        for (OpData op : entry.ops()) {
            checkKey(op.key());
            if (!op.remove() && !(op.value() > 0 && op.value() <= Long.MAX_VALUE)) {
                throw Errors.INVALID_REQUEST.exception(
                        "Cannot set quota " + op.key() + "=" + op.value() + ": it must be above 0.");
            }
            changes.put(op.key(), op.remove() ? null : op.value());
        }
        return changes;
    }

    private static void checkKey(String key) {
        if (KAFKAS_KEYS.contains(key)) {
            throw Errors.INVALID_REQUEST.exception("Cannot set quota " + key
                    + ": this broker does not enforce it, only producer_byte_rate and consumer_byte_rate.");
        }
        if (QuotaKind.of(key).isEmpty()) {
            throw Errors.INVALID_REQUEST.exception("Cannot set quota " + key
                    + ": there is none of this name. There are producer_byte_rate and consumer_byte_rate.");
        }
    }

    private static AlterClientQuotasResponseData.EntryData answer(EntryData entry, @Nullable Throwable failure) {
        return new AlterClientQuotasResponseData.EntryData()
                .setErrorCode(
                        failure == null
                                ? Errors.NONE.code()
                                : ErrorCodes.of(failure).code())
                .setErrorMessage(failure == null ? null : ErrorCodes.message(failure))
                .setEntity(entry.entity().stream()
                        .map(part -> new AlterClientQuotasResponseData.EntityData()
                                .setEntityType(part.entityType())
                                .setEntityName(part.entityName()))
                        .toList());
    }
}
