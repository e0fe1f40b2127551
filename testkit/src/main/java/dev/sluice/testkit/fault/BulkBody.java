package dev.sluice.testkit.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The lines of a bulk request, and the answers to its items. */
final class BulkBody {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/_bulk";

    private BulkBody() {}

    static boolean isBulk(HttpMessage request) {
        return path(request).endsWith(PATH) && !request.method().equals("HEAD");
    }

    private static String path(HttpMessage request) {
        return request.target().split("\\?", 2)[0];
    }

    /** Splits a bulk request into its items. */
    static List<BulkLine> parse(HttpMessage request) throws IOException {
        String path = path(request);
        String pathIndex = path.length() > PATH.length() ? path.substring(1, path.length() - PATH.length()) : "";
        List<BulkLine> items = new ArrayList<>();
        Iterator<String> lines = request.text().lines().iterator();
        while (lines.hasNext()) {
            String line = lines.next();
            if (!line.isBlank()) {
                Map.Entry<String, JsonNode> action =
                        JSON.readTree(line).properties().iterator().next();
                String source = action.getKey().equals("delete") ? "" : lines.next() + "\n";
                items.add(new BulkLine(
                        action.getKey(),
                        action.getValue().path("_index").asText(pathIndex),
                        action.getValue().path("_id").asText(""),
                        action.getValue(),
                        line + "\n" + source));
            }
        }
        return items;
    }

    /** Joins items to a body. */
    static String text(List<BulkLine> items) {
        StringBuilder text = new StringBuilder();
        items.forEach(item -> text.append(item.text()));
        return text.toString();
    }

    /** Returns the status of each item of an answer; empty if it is none to a bulk. */
    static List<Integer> statuses(HttpMessage answer) throws IOException {
        if (answer.status() != 200) {
            return List.of();
        }
        List<Integer> statuses = new ArrayList<>();
        for (JsonNode item : JSON.readTree(answer.text()).path("items")) {
            statuses.add(item.iterator().next().path("status").asInt());
        }
        return statuses;
    }

    /**
     * Puts the server's answer to some items and refusals of the others in the order of the request.
     *
     * @param served what the server answered to the items that are not refused; as it made it if it was asked nothing
     */
    static String merge(List<BulkLine> items, Predicate<BulkLine> isRefused, Refusal refusal, String served)
            throws IOException {
        JsonNode answer = JSON.readTree(served);
        Iterator<JsonNode> rest = answer.path("items").iterator();
        ArrayNode merged = JsonNodeFactory.instance.arrayNode();
        for (BulkLine item : items) {
            merged.add(isRefused.test(item) ? refused(item, refusal) : rest.next());
        }
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.put("took", answer.path("took").asLong());
        whole.put("errors", true);
        whole.set("items", merged);
        return JSON.writeValueAsString(whole);
    }

    private static JsonNode refused(BulkLine item, Refusal refusal) {
        ObjectNode error = JsonNodeFactory.instance.objectNode();
        error.put("type", refusal.type());
        error.put("reason", refusal.reason().replace("{index}", item.index()));
        error.put("index", item.index());
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("_index", item.index());
        answer.put("_id", item.id());
        answer.put("status", refusal.status());
        answer.set("error", error);
        return JsonNodeFactory.instance.objectNode().set(item.op(), answer);
    }
}
