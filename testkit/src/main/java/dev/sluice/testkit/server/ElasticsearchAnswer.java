package dev.sluice.testkit.server;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a server answered.
 *
 * @param status the status
 * @param body the body; a missing node if it was empty, a text node if it was no JSON
 */
public record ElasticsearchAnswer(int status, JsonNode body) {}
