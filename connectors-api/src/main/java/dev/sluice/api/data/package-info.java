/**
 * The data model: schemas, structs and the pair of both that travels as key, value or header.
 *
 * <p>Semantics and logical type names are those of Kafka Connect's data model, so that data crosses to and from Kafka
 * Connect plugins and existing topics without loss. Differences, all on purpose: schemas are immutable values without a
 * mutable builder type, logical values are {@code java.time} types, and {@link dev.sluice.api.data.Struct} is an
 * interface so that foreign rows can be read in place.
 *
 * <p>Main types: {@link dev.sluice.api.data.Schema}, {@link dev.sluice.api.data.Struct},
 * {@link dev.sluice.api.data.SchemaAndValue}, {@link dev.sluice.api.data.LogicalType}. Everything here is immutable and
 * may be shared between threads, except an undecoded {@code SchemaAndValue}, which belongs to one task thread.
 */
@NullMarked
package dev.sluice.api.data;

import org.jspecify.annotations.NullMarked;
