/**
 * Source and sink connectors for files of lines, which take the settings and offsets of Kafka Connect's FileStream
 * connectors.
 *
 * <p>Source: {@link dev.sluice.connector.file.FileStreamSourceTask} asks a {@code LineSource} ({@code FileTail} or
 * {@code StdinLines}) for lines, which {@code LineBuffer} finds in blocks of bytes; positions count bytes. Sink:
 * {@link dev.sluice.connector.file.FileStreamSinkTask} encodes values and hands them to a {@code LineOutput}
 * ({@code FileLines} or {@code StdoutLines}). All objects belong to the thread of their task, but for
 * {@code QuietFiles}, whose one thread looks at the files in which nothing came for long.
 */
@NullMarked
package dev.sluice.connector.file;

import org.jspecify.annotations.NullMarked;
