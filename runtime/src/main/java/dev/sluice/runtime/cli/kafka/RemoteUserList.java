package dev.sluice.runtime.cli.kafka;

import dev.sluice.api.config.ConfigException;
import dev.sluice.runtime.config.PropertiesFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.admin.UserScramCredentialsDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.jspecify.annotations.Nullable;

/** The users of a broker that runs, by Kafka's own client. */
final class RemoteUserList implements UserList {
    private static final List<ScramMechanism> MECHANISMS =
            List.of(ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512);
    private static final String TIMEOUT_MILLIS = "15000";

    private final Admin admin;
    private final String server;

    private RemoteUserList(Admin admin, String server) {
        this.admin = admin;
        this.server = server;
    }

    static RemoteUserList connect(String server, @Nullable Path clientFile) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("default.api.timeout.ms", TIMEOUT_MILLIS);
        settings.put("request.timeout.ms", TIMEOUT_MILLIS);
        if (clientFile != null) {
            settings.putAll(PropertiesFile.read(clientFile, "client settings").settings());
        }
        settings.put("bootstrap.servers", server);
        try {
            return new RemoteUserList(Admin.create(settings), server);
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ConfigException(
                    "Cannot connect to " + server + ": " + cause.getMessage() + ". Check --command-config.", e);
        }
    }

    @Override
    public List<String> describe() {
        List<String> lines = new ArrayList<>();
        new TreeMap<>(get("list users", admin.describeUserScramCredentials().all()))
                .forEach((name, user) -> lines.add(name + "  " + mechanisms(user)));
        return lines;
    }

    private static String mechanisms(UserScramCredentialsDescription user) {
        return String.join(
                ", ",
                user.credentialInfos().stream()
                        .map(info -> info.mechanism().mechanismName())
                        .sorted()
                        .toList());
    }

    /** One request each: a request changes a user once. */
    @Override
    public void add(String name, String password, int iterations) {
        for (ScramMechanism mechanism : MECHANISMS) {
            alter(
                    "add user " + name,
                    new UserScramCredentialUpsertion(name, new ScramCredentialInfo(mechanism, iterations), password));
        }
    }

    @Override
    public void delete(String name) {
        UserScramCredentialsDescription user = get(
                "delete user " + name,
                admin.describeUserScramCredentials(List.of(name)).description(name));
        user.credentialInfos()
                .forEach(info -> alter("delete user " + name, new UserScramCredentialDeletion(name, info.mechanism())));
    }

    private void alter(String what, UserScramCredentialAlteration change) {
        var unused = get(what, admin.alterUserScramCredentials(List.of(change)).all());
    }

    private <T> T get(String what, KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ConfigException(
                    "Cannot " + what + " at " + server + ": " + cause.getMessage()
                            + " Check the name, the address and --command-config.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConfigException("Cannot " + what + ": the command was interrupted. Run it again.", e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
