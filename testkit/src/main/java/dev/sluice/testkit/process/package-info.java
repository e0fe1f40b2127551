/**
 * Processes that tests start, watch and kill. A process is used by one test thread; its output is read by a thread of
 * its own. Whatever happens, processes end with the JVM that started them.
 */
@NullMarked
package dev.sluice.testkit.process;

import org.jspecify.annotations.NullMarked;
