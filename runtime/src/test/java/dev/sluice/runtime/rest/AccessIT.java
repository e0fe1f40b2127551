package dev.sluice.runtime.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.rest.access.CredentialFile;
import dev.sluice.runtime.rest.access.CredentialFile.Credential;
import dev.sluice.runtime.rest.access.Passwords;
import dev.sluice.runtime.rest.access.RestUser;
import dev.sluice.runtime.rest.access.Role;
import dev.sluice.runtime.rest.access.Tokens;
import dev.sluice.testkit.Waiting;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logins by password and token, and what each role may do. */
final class AccessIT {
    private static final String TOKEN = Tokens.random();
    /** Made once: a hash takes its time on purpose. */
    private static final Map<Role, Credential> CREDENTIALS = new EnumMap<>(Role.class);

    @TempDir
    Path folder;

    private CredentialFile users;
    private TestingRest rest;

    @BeforeAll
    static void hashPasswords() {
        for (Role role : new Role[] {Role.READ, Role.OPERATE, Role.ADMIN}) {
            String name = role.word() + "er";
            String hash = Passwords.hash(("pass of " + name).toCharArray());
            CREDENTIALS.put(role, new Credential(new RestUser(name, role), hash));
        }
    }

    @BeforeEach
    void serve() {
        users = new CredentialFile(folder.resolve("users"), CredentialFile.Kind.USERS);
        CREDENTIALS.values().forEach(users::put);
        CredentialFile tokens = new CredentialFile(folder.resolve("tokens"), CredentialFile.Kind.TOKENS);
        tokens.put(new Credential(new RestUser("robot", Role.OPERATE), Tokens.hash(TOKEN)));
        rest = TestingRest.serving(Map.of(
                "rest.authentication", "basic,bearer",
                "rest.users.file", users.path().toString(),
                "rest.tokens.file", tokens.path().toString()));
    }

    @AfterEach
    void stop() {
        rest.close();
    }

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> ask(String method, String path, String authorization) throws Exception {
        return rest.send(rest.request(path)
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString("{}")));
    }

    @Test
    void withoutALoginOnlyProbesAreAnswered() throws Exception {
        HttpResponse<String> answer = rest.get("/connectors");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .contains("Basic realm=\"sluice\", charset=\"UTF-8\", Bearer realm=\"sluice\"");
        assertThat(answer.body())
                .isEqualTo(
                        "{\"error_code\":401,\"message\":\"User cannot access the resource.\",\"fix\":\"Send the header"
                                + " Authorization with basic or bearer.\"}");
        assertThat(rest.get("/health").statusCode()).isEqualTo(200);
        assertThat(rest.get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(rest.get("/health/connectors").statusCode()).isEqualTo(401);
        assertThat(rest.get("/openapi.json").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"reader, wrong", "nobody, pass of reader", "reader, ''"})
    void aWrongLoginIsNotTold(String name, String password) throws Exception {
        HttpResponse<String> answer = ask("GET", "/connectors", basic(name, password));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"error_code\":401,\"message\":\"User cannot access the resource.\",\"fix\":\"Check name and"
                                + " password; sluice rest-users lists and adds users.\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "Basic, 401",
        "Basic %%%, 401",
        "Basic bm9jb2xvbg==, 401",
        "Digest x, 401",
        "Bearer, 401",
        "Bearer slc_x, 401"
    })
    void aHeaderThatIsNoLoginIsRefused(String header, int code) throws Exception {
        assertThat(ask("GET", "/connectors", header).statusCode()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /connectors, 200, 200, 200",
        "GET, /metrics, 200, 200, 200",
        "PUT, /connectors/a/pause, 403, 202, 202",
        "POST, /connectors/a/restart, 403, 204, 204",
        "PUT, /connectors/a/config, 403, 403, 201",
        "DELETE, /connectors/a, 403, 403, 204",
        "DELETE, /connectors/a/offsets, 403, 403, 200",
        "PUT, /admin/loggers/x.y, 403, 403, 400"
    })
    void aRoleCoversTheOnesBelow(String method, String path, int read, int operate, int admin) throws Exception {
        assertThat(ask(method, path, basic("reader", "pass of reader")).statusCode())
                .isEqualTo(read);
        assertThat(ask(method, path, basic("operateer", "pass of operateer")).statusCode())
                .isEqualTo(operate);
        assertThat(ask(method, path, basic("adminer", "pass of adminer")).statusCode())
                .isEqualTo(admin);
    }

    @Test
    void aRefusalNamesTheRoleThatIsNeeded() throws Exception {
        HttpResponse<String> answer = ask("DELETE", "/connectors/a", "Bearer " + TOKEN);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"error_code\":403,\"message\":\"User robot has role operate, and DELETE"
                                + " /connectors/{connector} needs role admin.\",\"role\":\"operate\",\"neededRole\":\"admin\"}");
        assertThat(rest.connectors.calls).isEmpty();
    }

    @Test
    void aTokenIsALogin() throws Exception {
        assertThat(ask("PUT", "/connectors/a/pause", "Bearer " + TOKEN).statusCode())
                .isEqualTo(202);
        assertThat(ask("PUT", "/connectors/a/pause", "bearer " + TOKEN + "x").statusCode())
                .isEqualTo(401);
    }

    @Test
    void wrongPasswordsHaveToWaitAndOthersDoNot() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertThat(ask("GET", "/connectors", basic("reader", "wrong")).statusCode())
                    .isEqualTo(401);
        }

        HttpResponse<String> fifth = ask("GET", "/connectors", basic("reader", "pass of reader"));

        assertThat(fifth.statusCode()).isEqualTo(429);
        assertThat(fifth.headers().firstValue("Retry-After")).contains("1");
        assertThat(ask("GET", "/connectors", basic("adminer", "pass of adminer"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whoIsDeletedIsOutAtTheNextReload() throws Exception {
        String login = basic("reader", "pass of reader");
        assertThat(ask("GET", "/connectors", login).statusCode()).isEqualTo(200);
        users.remove("reader");

        rest.server.reload();

        Waiting.until(
                "the user is out",
                Duration.ofSeconds(20),
                () -> ask("GET", "/connectors", login).statusCode() == 401);
    }

    @Test
    void aFileThatIsDamagedChangesNothing() throws Exception {
        Files.writeString(users.path(), "reader:king:x\n");

        rest.server.reload();
        rest.server.reload();

        assertThat(ask("GET", "/connectors", basic("reader", "pass of reader")).statusCode())
                .isEqualTo(200);
    }

    /** A route that changes something and may be used by readers would be a hole that nobody sees. */
    @Test
    void everyRouteThatChangesSomethingNeedsMoreThanReading() {
        Set<String> open = new TreeSet<>();
        Set<String> all = new HashSet<>();
        for (Endpoint endpoint : OpenApiTest.endpoints()) {
            String route = endpoint.method() + " " + endpoint.path();
            assertThat(all.add(route)).as(route + " is there once").isTrue();
            if (!endpoint.methods().contains("GET")
                    && !endpoint.description().role().covers(Role.OPERATE)) {
                open.add(route);
            }
        }
        assertThat(open).isEmpty();
    }
}
