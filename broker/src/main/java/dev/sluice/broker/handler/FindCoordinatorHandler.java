package dev.sluice.broker.handler;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.FindCoordinatorResponseData.Coordinator;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.FindCoordinatorRequest;
import org.apache.kafka.common.requests.FindCoordinatorRequest.CoordinatorType;
import org.apache.kafka.common.requests.FindCoordinatorResponse;

/**
 * FindCoordinator (10), versions 0 to 6: which broker looks after a group or a transactional id. It is always this one, and
 * asking for a group starts the coordinator of groups. Version 1 adds the type of the key, 4 several keys at once.
 *
 * <p>Not done: coordinators of share groups; they are refused with INVALID_REQUEST, so that clients give up at once.
 */
final class FindCoordinatorHandler implements Handler<FindCoordinatorRequest> {
    private final Backend backend;

    FindCoordinatorHandler(Backend backend) {
        this.backend = backend;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.FIND_COORDINATOR;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 6);
    }

    @Override
    public CompletableFuture<FindCoordinatorResponse> handle(Call<FindCoordinatorRequest> call) {
        FindCoordinatorRequestData data = call.request().data();
        boolean isGroup = data.keyType() == CoordinatorType.GROUP.id();
        if (isGroup) {
            // A failure is logged there, and told to whoever asks for a group.
            var unused = backend.broker().groupService().start();
        }
        boolean isTransaction = data.keyType() == CoordinatorType.TRANSACTION.id();
        Coordinator answer = isGroup || isTransaction ? here(call) : refusal();
        return CompletableFuture.completedFuture(
                call.version() < FindCoordinatorRequest.MIN_BATCHED_VERSION ? single(answer) : batched(data, answer));
    }

    private Coordinator here(Call<FindCoordinatorRequest> call) {
        Endpoint endpoint = backend.endpointFor(call.context());
        return new Coordinator()
                .setNodeId(backend.nodeId())
                .setHost(endpoint.host())
                .setPort(endpoint.port())
                .setErrorMessage("");
    }

    private static Coordinator refusal() {
        return new Coordinator()
                .setNodeId(-1)
                .setHost("")
                .setPort(-1)
                .setErrorCode(Errors.INVALID_REQUEST.code())
                .setErrorMessage(
                        "Cannot find a coordinator of this type: this broker has coordinators of groups and transactions only.");
    }

    private static FindCoordinatorResponse single(Coordinator answer) {
        return new FindCoordinatorResponse(new FindCoordinatorResponseData()
                .setNodeId(answer.nodeId())
                .setHost(answer.host())
                .setPort(answer.port())
                .setErrorCode(answer.errorCode())
                .setErrorMessage(answer.errorMessage()));
    }

    private static FindCoordinatorResponse batched(FindCoordinatorRequestData data, Coordinator answer) {
        return new FindCoordinatorResponse(new FindCoordinatorResponseData()
                .setCoordinators(data.coordinatorKeys().stream()
                        .map(key -> answer.duplicate().setKey(key))
                        .toList()));
    }
}
