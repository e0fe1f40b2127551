/** Source and sink connectors for files of lines. */
@NullMarked
package dev.sluice.connector.file;

import org.jspecify.annotations.NullMarked;
