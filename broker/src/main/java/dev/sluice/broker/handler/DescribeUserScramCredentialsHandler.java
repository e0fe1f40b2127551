package dev.sluice.broker.handler;

import dev.sluice.broker.topic.Users;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.common.message.DescribeUserScramCredentialsRequestData.UserName;
import org.apache.kafka.common.message.DescribeUserScramCredentialsResponseData;
import org.apache.kafka.common.message.DescribeUserScramCredentialsResponseData.CredentialInfo;
import org.apache.kafka.common.message.DescribeUserScramCredentialsResponseData.DescribeUserScramCredentialsResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeUserScramCredentialsRequest;
import org.apache.kafka.common.requests.DescribeUserScramCredentialsResponse;

/** DescribeUserScramCredentials (50), version 0: which users there are, with mechanisms and iterations and no more. */
final class DescribeUserScramCredentialsHandler implements Handler<DescribeUserScramCredentialsRequest> {
    private final Backend backend;

    DescribeUserScramCredentialsHandler(Backend backend) {
        this.backend = backend;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.DESCRIBE_USER_SCRAM_CREDENTIALS;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 0);
    }

    @Override
    public CompletableFuture<DescribeUserScramCredentialsResponse> handle(
            Call<DescribeUserScramCredentialsRequest> call) {
        Users users = backend.broker().topics().users();
        Map<String, Integer> wanted = new LinkedHashMap<>();
        List<UserName> named = call.request().data().users();
        if (named == null || named.isEmpty()) {
            users.names().forEach(name -> wanted.put(name, 1));
        } else {
            named.forEach(user -> wanted.merge(user.name(), 1, Integer::sum));
        }
        List<DescribeUserScramCredentialsResult> results = new ArrayList<>();
        wanted.forEach((name, count) -> results.add(result(users, name, count)));
        return CompletableFuture.completedFuture(new DescribeUserScramCredentialsResponse(
                new DescribeUserScramCredentialsResponseData().setResults(results)));
    }

    private static DescribeUserScramCredentialsResult result(Users users, String name, int count) {
        DescribeUserScramCredentialsResult result = new DescribeUserScramCredentialsResult().setUser(name);
        if (count > 1) {
            return result.setErrorCode(Errors.DUPLICATE_RESOURCE.code())
                    .setErrorMessage("Cannot describe user " + name + ": the request names it twice. Name it once.");
        }
        if (users.of(name).isEmpty()) {
            return result.setErrorCode(Errors.RESOURCE_NOT_FOUND.code())
                    .setErrorMessage("Cannot describe user " + name + ": there is none of this name. Create it first.");
        }
        List<CredentialInfo> infos = new ArrayList<>();
        users.of(name)
                .forEach((mechanism, credential) -> infos.add(new CredentialInfo()
                        .setMechanism(
                                ScramMechanism.fromMechanismName(mechanism).type())
                        .setIterations(credential.iterations())));
        return result.setCredentialInfos(infos);
    }
}
