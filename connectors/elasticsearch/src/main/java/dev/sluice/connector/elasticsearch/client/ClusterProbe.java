package dev.sluice.connector.elasticsearch.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.connector.elasticsearch.tls.TlsKeys;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Tries a connection: whether each node can be reached, whether the credentials are right, whether the version is one that these
 * connectors are made for, and whether the user has privileges. Changes nothing. Belongs to one thread.
 */
public final class ClusterProbe implements AutoCloseable {
    /** Any user may ask it, and it costs the cluster nothing; a refusal for lack of rights is an answer too. */
    private static final Request HEALTH = Request.of("GET", "/_cluster/health").with(Map.of("local", "true"));

    private static final Duration SHORTEST = Duration.ofMillis(500);

    private final ClusterConfig config;
    private final Duration timeout;
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final Cluster cluster;

    /**
     * Prepares a try.
     *
     * @param config how the cluster is reached
     * @param timeout how long each step may take
     */
    public ClusterProbe(ClusterConfig config, Duration timeout) {
        Duration patience = timeout.compareTo(SHORTEST) < 0 ? SHORTEST : timeout;
        this.timeout = patience;
        this.config = config.within(patience, patience);
        this.cluster = Cluster.of(this.config);
    }

    /** Returns the cluster, with time-outs that fit the try. */
    public Cluster cluster() {
        return cluster;
    }

    /**
     * Asks each node, and the cluster for its version.
     *
     * @return what stands in the way or is remarkable; if an error is among it, asking more is in vain
     */
    public List<ConfigProblem> run() throws InterruptedException {
        Map<NodeAddress, Cluster> alone = new LinkedHashMap<>();
        Map<NodeAddress, CompletableFuture<Answer>> answers = new LinkedHashMap<>();
        try {
            for (NodeAddress node : config.addresses().nodes()) {
                alone.put(node, Cluster.of(config.only(node)));
            }
            alone.forEach((node, one) -> answers.put(node, one.send(HEALTH)));
            for (Map.Entry<NodeAddress, CompletableFuture<Answer>> each : answers.entrySet()) {
                look(each.getKey(), each.getValue());
            }
        } finally {
            alone.values().forEach(Cluster::close);
        }
        boolean isReached = problems.size() < config.addresses().nodes().size();
        if (isReached && problems.stream().noneMatch(ClusterProbe::isOfCredentials)) {
            soften();
            lookAtVersion();
        }
        return List.copyOf(problems);
    }

    private void look(NodeAddress node, CompletableFuture<Answer> future) throws InterruptedException {
        try {
            look(node, future.get(timeout.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException failed) {
            IOException failure = failed.getCause() instanceof IOException io ? io : new IOException(failed.getCause());
            FailureKind kind = FailureKind.of(failure);
            ConfigKey<?> key = kind == FailureKind.INSECURE ? TlsKeys.CA_PATH : Addresses.URLS;
            add(
                    key,
                    "Cannot reach node " + node + ": " + Unanswered.words(failure) + ".",
                    kind == FailureKind.INSECURE ? kind.advice() : FailureKind.UNREACHABLE.advice());
        } catch (TimeoutException silent) {
            add(Addresses.URLS, "Cannot reach node " + node + ": it did not answer in time.", "Check that it is up.");
        }
    }

    private void look(NodeAddress node, Answer answer) {
        String location = answer.headers().getOrDefault("location", "");
        if (answer.status() == 401) {
            add(
                    credentialsKey(),
                    "Cannot use node " + node + ": it does not accept " + who() + ", " + answer.reason() + ".",
                    FailureKind.CREDENTIALS.advice());
        } else if (answer.status() == 407) {
            add(
                    ProxyConfig.USERNAME,
                    "Cannot use the proxy: it does not accept the login.",
                    "Correct proxy.username and proxy.password.");
        } else if (answer.status() >= 300 && answer.status() < 400) {
            add(
                    Addresses.URLS,
                    "Cannot use node " + node + ": it sends requests elsewhere, to " + location + ".",
                    "Set connection.url to the address that it names.");
        } else if (answer.status() >= 500) {
            add(
                    Addresses.URLS,
                    "Cannot use node " + node + ": it answers " + answer.reason() + ".",
                    "Wait until the cluster is up, or look into its log.");
        } else if (!answer.isSuccess()
                && answer.status() != 403
                && !answer.json().has("error")) {
            add(
                    Addresses.URLS,
                    "Cannot use node " + node + ": what answers there is no Elasticsearch, it says " + answer.reason()
                            + ".",
                    "Correct the address or its path.");
        }
    }

    private ConfigKey<?> credentialsKey() {
        Credentials credentials = config.credentials();
        if (credentials == null || credentials.shown().startsWith("user ")) {
            return Credentials.USERNAME;
        }
        return credentials.shown().contains("API key") ? Credentials.API_KEY : Credentials.BEARER_TOKEN;
    }

    /** Returns who asks, in words. */
    public String who() {
        Credentials credentials = config.credentials();
        return credentials == null ? "requests without credentials" : credentials.shown();
    }

    private static boolean isOfCredentials(ConfigProblem problem) {
        return problem.key().equals(Credentials.USERNAME.name())
                || problem.key().equals(Credentials.API_KEY.name())
                || problem.key().equals(Credentials.BEARER_TOKEN.name())
                || problem.key().equals(ProxyConfig.USERNAME.name());
    }

    /** A node that is gone stands in nobody's way while another is there. */
    private void soften() {
        problems.replaceAll(problem -> ConfigProblem.warning(problem.key(), problem.message(), problem.fix()));
    }

    private void lookAtVersion() {
        try {
            Flavor.of(cluster)
                    .doubt()
                    .ifPresent(doubt -> problems.add(ConfigProblem.warning(
                            Addresses.URLS.name(), doubt + ".", "Try it before you rely on it.")));
        } catch (IOException gone) {
            problems.add(ConfigProblem.warning(
                    Addresses.URLS.name(),
                    "Cannot ask the cluster for its version: " + Unanswered.words(gone) + ".",
                    null));
        }
    }

    /**
     * Returns which privileges the user lacks, by index; nothing where the cluster has no users or does not tell.
     *
     * @param wanted privileges by index, in Elasticsearch's words
     */
    public Map<String, List<String>> missingPrivileges(Map<String, ? extends Collection<String>> wanted)
            throws IOException {
        if (wanted.isEmpty()) {
            return Map.of();
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        var list = body.putArray("index");
        wanted.forEach((index, privileges) -> {
            ObjectNode each = list.addObject();
            each.putArray("names").add(index);
            var names = each.putArray("privileges");
            privileges.forEach(names::add);
        });
        Answer answer = cluster.call(Request.json("POST", "/_security/user/_has_privileges", body.toString()));
        Map<String, List<String>> missing = new LinkedHashMap<>();
        if (answer.isSuccess()) {
            for (Map.Entry<String, JsonNode> index : answer.json().path("index").properties()) {
                for (Map.Entry<String, JsonNode> privilege : index.getValue().properties()) {
                    if (!privilege.getValue().asBoolean(true)) {
                        missing.computeIfAbsent(index.getKey(), any -> new ArrayList<>())
                                .add(privilege.getKey());
                    }
                }
            }
        }
        return missing;
    }

    private void add(ConfigKey<?> key, String message, String fix) {
        problems.add(ConfigProblem.error(key.name(), message, fix));
    }

    @Override
    public void close() {
        cluster.close();
    }
}
