package dev.sluice.testkit.fault;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One item of a bulk request.
 *
 * @param op {@code index}, {@code create}, {@code update} or {@code delete}
 * @param index the index it names, or that of the path
 * @param id the document; empty if the server shall choose
 * @param action what stands beside the operation: version, routing, …
 * @param text the item as it was sent: one or two lines, each with its line end
 */
public record BulkLine(String op, String index, String id, JsonNode action, String text) {}
