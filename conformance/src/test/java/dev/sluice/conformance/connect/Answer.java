package dev.sluice.conformance.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a worker answered.
 *
 * @param status HTTP's code
 * @param headers the few that the contract is about
 * @param body JSON; a text if it is none; missing if it is empty
 */
record Answer(int status, Map<String, String> headers, JsonNode body) {
    static Answer of(JsonNode recorded) {
        Map<String, String> headers = new LinkedHashMap<>();
        recorded.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        JsonNode body = recorded.get("body");
        return new Answer(recorded.path("status").asInt(), headers, body == null ? MissingNode.getInstance() : body);
    }

    ObjectNode json() {
        ObjectNode node = Json.object().put("status", status);
        if (!headers.isEmpty()) {
            headers.forEach(node.putObject("headers")::put);
        }
        if (!body.isMissingNode()) {
            node.set("body", body);
        }
        return node;
    }

    String message() {
        return body.path("message").asText();
    }
}
