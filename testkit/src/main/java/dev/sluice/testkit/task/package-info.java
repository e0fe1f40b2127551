/**
 * Harnesses that drive one task through its life as the runtime does: all calls from one thread of the task's own, each
 * with a time limit, retriable failures tried again. They check on the way what holds after every call, such as that a
 * flush claims no more than was put. A harness is used by one test thread.
 */
@NullMarked
package dev.sluice.testkit.task;

import org.jspecify.annotations.NullMarked;
