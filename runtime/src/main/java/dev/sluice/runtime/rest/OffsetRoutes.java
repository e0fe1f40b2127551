package dev.sluice.runtime.rest;

import dev.sluice.runtime.control.Connectors;
import dev.sluice.runtime.control.OffsetEntry;
import dev.sluice.runtime.control.OffsetReset;
import dev.sluice.runtime.rest.access.Role;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** Where connectors stand, and the topics they used. */
final class OffsetRoutes {
    private final Connectors connectors;

    OffsetRoutes(RestServices services) {
        this.connectors = services.connectors();
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get(
                        "/connectors/{connector}/offsets",
                        Description.read("Shows where a connector stands in each partition.", "Offsets"),
                        this::offsets),
                Endpoint.patch(
                        "/connectors/{connector}/offsets",
                        Description.of(Role.ADMIN, "Changes offsets of a stopped connector; a null offset forgets one.")
                                .takes("Offsets")
                                .answers(200, "Message"),
                        this::alter),
                Endpoint.delete(
                        "/connectors/{connector}/offsets",
                        Description.of(Role.ADMIN, "Resets all offsets of a stopped connector.")
                                .query(Parameter.text(
                                        "to",
                                        "earliest, latest, a time such as 2026-01-31T12:00:00Z, or milliseconds since"
                                                + " 1970; without it the offsets are forgotten."))
                                .answers(200, "Message"),
                        this::reset),
                Endpoint.get(
                        "/connectors/{connector}/topics",
                        Description.read("Lists the topics a connector used since it was made.", "Topics"),
                        this::topics),
                Endpoint.put(
                        "/connectors/{connector}/topics/reset",
                        Description.of(Role.OPERATE, "Forgets which topics a connector used.")
                                .answers(202, ""),
                        this::resetTopics));
    }

    private CompletableFuture<Answer> offsets(Call call) {
        return connectors
                .offsets(call.connector())
                .thenApply(entries -> Answer.ok(Shapes.object(
                        "offsets", entries.stream().map(Shapes::offset).toList())));
    }

    private CompletableFuture<Answer> alter(Call call) {
        List<OffsetEntry> entries = OffsetsBody.read(call.body(OffsetsBody.EXPECTED));
        return connectors.alterOffsets(call.connector(), entries).thenApply(OffsetRoutes::message);
    }

    private CompletableFuture<Answer> reset(Call call) {
        OffsetReset to = call.query("to").map(OffsetRoutes::target).orElseGet(OffsetReset.Forget::new);
        return connectors.resetOffsets(call.connector(), to).thenApply(OffsetRoutes::message);
    }

    static OffsetReset target(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "earliest" -> new OffsetReset.Earliest();
            case "latest" -> new OffsetReset.Latest();
            default -> new OffsetReset.At(millis(text));
        };
    }

    private static long millis(String text) {
        if (text.matches("\\d{1,18}")) {
            return Long.parseLong(text);
        }
        try {
            // A plus sign of a zone reaches us as a blank unless the client encoded it.
            return OffsetDateTime.parse(text.replace(' ', '+')).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw Refusal.badRequest(
                    "Cannot reset offsets to '" + text + "': it must be earliest, latest or a time.",
                    "to",
                    "Write a time with its zone, such as " + Instant.ofEpochSecond(1_767_225_600)
                            + ", or milliseconds since 1970.");
        }
    }

    private static Answer message(String text) {
        return Answer.ok(Shapes.object("message", text));
    }

    /** Kafka Connect answers with an empty list for a connector that is not there. */
    private CompletableFuture<Answer> topics(Call call) {
        String name = ConnectorRoutes.find(connectors, call.connector()).name();
        return connectors
                .topics(name)
                .thenApply(topics -> Answer.ok(Shapes.object(
                        name, Shapes.object("topics", topics.stream().sorted().toList()))));
    }

    private CompletableFuture<Answer> resetTopics(Call call) {
        String name = ConnectorRoutes.find(connectors, call.connector()).name();
        return connectors.resetTopics(name).thenApply(done -> Answer.empty(202));
    }
}
