package dev.sluice.testkit.fault;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a proxy saw of an item.
 *
 * @param op the operation
 * @param index the index
 * @param id the document
 * @param action what stands beside the operation
 * @param textBytes how long the item was
 * @param status the item's status in the answer that was made for the client; 0 if there was none
 */
public record SeenItem(String op, String index, String id, JsonNode action, int textBytes, int status) {}
