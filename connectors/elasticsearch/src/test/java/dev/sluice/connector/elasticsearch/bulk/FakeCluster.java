package dev.sluice.connector.elasticsearch.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.connector.elasticsearch.client.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A cluster in memory that answers when it is told to, and knows ids, versions and refusals. */
final class FakeCluster implements BulkTransport {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A request that waits for its answer. */
    record Call(List<Line> lines, int bytes, int patience, CompletableFuture<Answer> answer) {}

    /** An item of a request. */
    record Line(String op, String id, @Nullable Long version, String body) {}

    /** A document, or its grave. */
    private record Document(long version, @Nullable String body) {}

    final Deque<Call> calls = new ArrayDeque<>();
    /** Per document what was applied, in order. */
    final Map<String, List<String>> applied = new HashMap<>();

    /** Bodies that it will never take. */
    final Set<String> bad = new HashSet<>();

    private final Map<String, Document> documents = new HashMap<>();

    @Override
    public CompletableFuture<Answer> send(List<ByteBuffer> body, int patience) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.forEach(piece -> bytes.write(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining()));
        Call call = new Call(
                lines(bytes.toString(StandardCharsets.UTF_8)), bytes.size(), patience, new CompletableFuture<>());
        calls.add(call);
        return call.answer();
    }

    private static List<Line> lines(String text) {
        List<Line> lines = new ArrayList<>();
        String[] each = text.split("\n", -1);
        for (int i = 0; i < each.length - 1; i++) {
            Map.Entry<String, JsonNode> action =
                    parsed(each[i]).properties().iterator().next();
            JsonNode meta = action.getValue();
            Long version = meta.has("version") ? meta.get("version").asLong() : null;
            String body = action.getKey().equals("delete") ? "" : each[++i];
            lines.add(new Line(action.getKey(), meta.get("_id").asText(), version, body));
        }
        return lines;
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    /** Returns the document's body, or empty if it is not there. */
    Optional<String> body(String id) {
        Document found = documents.get(id);
        return Optional.ofNullable(found == null ? null : found.body());
    }

    /** Carries an item out; returns its status. */
    int apply(Line line) {
        if (bad.contains(line.body())) {
            return 400;
        }
        Document old = documents.get(line.id());
        Long version = line.version();
        if (version != null && old != null && version <= old.version()) {
            return 409;
        }
        applied.computeIfAbsent(line.id(), unused -> new ArrayList<>()).add(line.body());
        String body = line.op().equals("delete") ? null : line.body();
        documents.put(line.id(), new Document(version == null ? 0 : version, body));
        return line.op().equals("delete") && old == null ? 404 : 200;
    }

    /** Carries all items of a request out and answers so. */
    void answer(Call call) {
        answer(
                call,
                call.lines().stream().map(line -> item(line.op(), apply(line))).toList());
    }

    static void answer(Call call, List<String> items) {
        boolean hasErrors = items.stream().anyMatch(item -> item.contains("\"error\""));
        answer(call, 200, "{\"errors\":" + hasErrors + ",\"items\":[" + String.join(",", items) + "]}");
    }

    static void answer(Call call, int status, String body) {
        boolean unused = call.answer().complete(new Answer(status, body.getBytes(StandardCharsets.UTF_8), null));
    }

    static void fail(Call call, IOException problem) {
        boolean unused = call.answer().completeExceptionally(problem);
    }

    static String item(String op, int status) {
        String error = switch (status) {
            case 409 -> error("version_conflict_engine_exception", "current version is higher or equal");
            case 429 -> error("es_rejected_execution_exception", "rejected execution");
            case 400 -> error("document_parsing_exception", "failed to parse field [price]");
            default -> "";
        };
        return "{\"" + op + "\":{\"status\":" + status + error + "}}";
    }

    static String error(String type, String reason) {
        return ",\"error\":{\"type\":\"" + type + "\",\"reason\":\"" + reason + "\"}";
    }
}
