package dev.sluice.broker.handler;

import dev.sluice.broker.security.Passwords;
import dev.sluice.broker.topic.Users;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.common.message.AlterUserScramCredentialsRequestData;
import org.apache.kafka.common.message.AlterUserScramCredentialsRequestData.ScramCredentialDeletion;
import org.apache.kafka.common.message.AlterUserScramCredentialsRequestData.ScramCredentialUpsertion;
import org.apache.kafka.common.message.AlterUserScramCredentialsResponseData;
import org.apache.kafka.common.message.AlterUserScramCredentialsResponseData.AlterUserScramCredentialsResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AlterUserScramCredentialsRequest;
import org.apache.kafka.common.requests.AlterUserScramCredentialsResponse;
import org.jspecify.annotations.Nullable;

/**
 * AlterUserScramCredentials (51), version 0: sets and deletes passwords, which clients salt themselves. All changes of a request
 * that are allowed take effect together; as in Kafka, a request changes a user once.
 */
final class AlterUserScramCredentialsHandler implements Handler<AlterUserScramCredentialsRequest> {
    private static final int ITERATIONS_MIN = 4096;
    private static final int ITERATIONS_MAX = 16_384;

    private final Backend backend;

    AlterUserScramCredentialsHandler(Backend backend) {
        this.backend = backend;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.ALTER_USER_SCRAM_CREDENTIALS;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 0);
    }

    @Override
    public CompletableFuture<AlterUserScramCredentialsResponse> handle(Call<AlterUserScramCredentialsRequest> call) {
        AlterUserScramCredentialsRequestData data = call.request().data();
        Map<String, Integer> counts = new LinkedHashMap<>();
        data.deletions().forEach(each -> counts.merge(each.name(), 1, Integer::sum));
        data.upsertions().forEach(each -> counts.merge(each.name(), 1, Integer::sum));
        Map<String, AlterUserScramCredentialsResult> results = new HashMap<>();
        return backend.broker()
                .topics()
                .alterUsers(users -> changed(users, data, counts, results))
                .thenApply(done -> new AlterUserScramCredentialsResponse(
                        new AlterUserScramCredentialsResponseData().setResults(new ArrayList<>(results.values()))));
    }

    /** Runs on the thread of the catalog; the sums of a credential are few, the client has done the many. */
    private static Users changed(
            Users before,
            AlterUserScramCredentialsRequestData data,
            Map<String, Integer> counts,
            Map<String, AlterUserScramCredentialsResult> results) {
        Users users = before;
        for (ScramCredentialDeletion each : data.deletions()) {
            ScramMechanism mechanism = ScramMechanism.fromType(each.mechanism());
            AlterUserScramCredentialsResult problem = problem(each.name(), mechanism, counts);
            if (problem == null
                    && before.find(each.name(), mechanism.mechanismName()).isEmpty()) {
                problem = refused(
                        each.name(), Errors.RESOURCE_NOT_FOUND, "Cannot delete it: it has no " + mechanism + ".");
            }
            if (problem == null) {
                users = users.without(each.name(), mechanism.mechanismName());
            }
            results.put(each.name(), problem == null ? done(each.name()) : problem);
        }
        for (ScramCredentialUpsertion each : data.upsertions()) {
            ScramMechanism mechanism = ScramMechanism.fromType(each.mechanism());
            AlterUserScramCredentialsResult problem = problem(each.name(), mechanism, counts);
            if (problem == null && (each.iterations() < ITERATIONS_MIN || each.iterations() > ITERATIONS_MAX)) {
                problem = refused(
                        each.name(),
                        Errors.UNACCEPTABLE_CREDENTIAL,
                        "Too few or too many iterations: must be from " + ITERATIONS_MIN + " to " + ITERATIONS_MAX
                                + ".");
            }
            if (problem == null) {
                users = users.with(
                        each.name(),
                        mechanism.mechanismName(),
                        Passwords.ofSalted(
                                mechanism.mechanismName(), each.salt(), each.saltedPassword(), each.iterations()));
            }
            results.put(each.name(), problem == null ? done(each.name()) : problem);
        }
        return users;
    }

    private static @Nullable AlterUserScramCredentialsResult problem(
            String name, ScramMechanism mechanism, Map<String, Integer> counts) {
        if (counts.getOrDefault(name, 0) > 1) {
            return refused(
                    name,
                    Errors.DUPLICATE_RESOURCE,
                    "A user credential cannot be altered twice in the same request: send one after the other.");
        }
        if (name.isEmpty()) {
            return refused(name, Errors.UNACCEPTABLE_CREDENTIAL, "Username must not be empty.");
        }
        return mechanism == ScramMechanism.UNKNOWN
                ? refused(name, Errors.UNSUPPORTED_SASL_MECHANISM, "Unknown SCRAM mechanism.")
                : null;
    }

    private static AlterUserScramCredentialsResult done(String name) {
        return new AlterUserScramCredentialsResult().setUser(name);
    }

    private static AlterUserScramCredentialsResult refused(String name, Errors error, String message) {
        return new AlterUserScramCredentialsResult()
                .setUser(name)
                .setErrorCode(error.code())
                .setErrorMessage(message);
    }
}
