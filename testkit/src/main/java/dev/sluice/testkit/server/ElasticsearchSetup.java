package dev.sluice.testkit.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a server of one test shall be like.
 *
 * <pre>{@code
 * try (TestingElasticsearch server = TestingElasticsearch.setup()
 *         .setting("http.max_content_length", "1mb")
 *         .user("writer", "secret", "superuser")
 *         .tls()
 *         .start()) {
 *     …
 * }
 * }</pre>
 *
 * <p>Used by one thread until the server is started, and not changed after.
 */
public final class ElasticsearchSetup {
    private static final String FILE_OF_ROLES = "roles.yml";

    private final ElasticsearchKind kind;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<ElasticsearchUser> users = new ArrayList<>();
    private final List<String> roles = new ArrayList<>();
    private List<String> jvm =
            List.of("-Xms512m", "-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dio.netty.noUnsafe=true");
    private boolean hasInfoPage;
    private boolean usesTls;
    private boolean asksForCertificates;

    ElasticsearchSetup(ElasticsearchKind kind) {
        this.kind = kind;
        settings.putAll(Map.of(
                "node.name", "test",
                "cluster.name", "test",
                "discovery.type", "single-node",
                "network.host", "127.0.0.1",
                "transport.port", "0",
                // Tests leave indices behind, and the disk of a build machine may be nearly full.
                "cluster.max_shards_per_node", "10000",
                "cluster.routing.allocation.disk.threshold_enabled", "false"));
        settings.putAll(kind.program().settings());
    }

    /** Sets a setting of the node, as in {@code elasticsearch.yml}. */
    public ElasticsearchSetup setting(String name, String value) {
        settings.put(name, value);
        return this;
    }

    /** Sets settings, each {@code name=value}. */
    public ElasticsearchSetup settings(String... nameValues) {
        for (String nameValue : nameValues) {
            int equals = nameValue.indexOf('=');
            settings.put(nameValue.substring(0, equals), nameValue.substring(equals + 1));
        }
        return this;
    }

    /** Replaces the options of the server's JVM; the first compiler alone and 512 MB of heap suffice for tests, not for measurements. */
    public ElasticsearchSetup jvm(String... options) {
        jvm = List.of(options);
        return this;
    }

    /**
     * Turns security on and adds a user; the first one is whom the fixture's own requests use, so give it all rights.
     *
     * @param name the user
     * @param password the password
     * @param roleNames {@code superuser}, or roles of {@link #role}
     */
    public ElasticsearchSetup user(String name, String password, String... roleNames) {
        users.add(new ElasticsearchUser(name, password, List.of(roleNames)));
        settings.put("xpack.security.enabled", "true");
        settings.put("xpack.security.autoconfiguration.enabled", "false");
        // A clear-text cluster of one node may have API keys too.
        settings.put("xpack.security.authc.api_key.enabled", "true");
        return this;
    }

    /** Adds a role, in the words of {@code roles.yml}: {@code "writer: {indices: [{names: ['a*'], privileges: [write]}]}"}. */
    public ElasticsearchSetup role(String yaml) {
        roles.add(yaml);
        return this;
    }

    /** Serves HTTPS with a self-signed certificate; see {@link TestingElasticsearch#certificate}. Needs a {@link #user}. */
    public ElasticsearchSetup tls() {
        usesTls = true;
        return this;
    }

    /** As {@link #tls}, and lets in only who shows {@link TestingElasticsearch#clientCertificate}. */
    public ElasticsearchSetup tlsWithClientCertificates() {
        asksForCertificates = true;
        return tls();
    }

    /** Adds what the minimal build lacks: {@code GET /}, and the analysis without which no API key can be made. */
    public ElasticsearchSetup infoPage() {
        hasInfoPage = true;
        return this;
    }

    /** Starts the server as a child process. */
    public TestingElasticsearch start() {
        return TestingElasticsearch.started(this);
    }

    ElasticsearchKind kind() {
        return kind;
    }

    Map<String, String> settings() {
        return settings;
    }

    List<String> jvm() {
        return jvm;
    }

    boolean usesTls() {
        return usesTls;
    }

    Optional<ElasticsearchUser> firstUser() {
        return users.stream().findFirst();
    }

    /** Writes the folder that the node reads its files from. */
    void writeConfig(Path config) throws IOException {
        Path logging = ServerFiles.copyResource("log4j2.properties", config);
        assert Files.exists(logging);
        if (!users.isEmpty()) {
            Files.write(
                    config.resolve("users"),
                    users.stream().map(ElasticsearchUser::line).toList());
            Files.write(config.resolve("users_roles"), usersOfRoles());
            Files.write(config.resolve(FILE_OF_ROLES), roles, StandardOpenOption.CREATE);
        }
        if (usesTls) {
            writeCertificates(config);
        }
    }

    private List<String> usersOfRoles() {
        Map<String, List<String>> names = new LinkedHashMap<>();
        users.forEach(user -> user.roles()
                .forEach(role ->
                        names.computeIfAbsent(role, none -> new ArrayList<>()).add(user.name())));
        return names.entrySet().stream()
                .map(role -> role.getKey() + ":" + String.join(",", role.getValue()))
                .toList();
    }

    private void writeCertificates(Path config) {
        String ssl = "xpack.security.http.ssl.";
        TestingCertificate server = TestingCertificate.create(config, TestingElasticsearch.SERVER);
        settings.put(ssl + "enabled", "true");
        settings.put(ssl + "keystore.path", server.keystore().toString());
        settings.put(ssl + "keystore.password", TestingCertificate.PASSWORD);
        TestingCertificate client = TestingCertificate.create(config, TestingElasticsearch.CLIENT);
        if (asksForCertificates) {
            settings.put(ssl + "client_authentication", "required");
            settings.put(ssl + "certificate_authorities", client.pem().toString());
        }
    }

    /** Writes the folder that the node reads plugins from. */
    void writePlugins(Path plugins) throws IOException {
        if (hasInfoPage) {
            ElasticsearchAdditions.compile(kind, plugins.resolve("additions"));
        }
    }
}
