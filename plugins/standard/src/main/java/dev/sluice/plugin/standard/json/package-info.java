/**
 * JSON with and without schemas, as a stream: no tree of nodes is ever built for a record.
 *
 * <p>{@link dev.sluice.plugin.standard.json.JsonConverter} is the door. For each schema, a tree of writers and one of
 * readers is built once and kept; they walk values and tokens. Everything belongs to one task thread. Messages of errors
 * name places in the schema and positions in the text, never contents of a record.
 */
@NullMarked
package dev.sluice.plugin.standard.json;

import org.jspecify.annotations.NullMarked;
