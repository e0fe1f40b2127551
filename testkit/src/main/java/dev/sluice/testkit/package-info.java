/**
 * Tools for the tests of those who write plugins: waiting with a limit, generated data, and the ledger that finds lost
 * and doubled records. The packages below hold the behaviour suites, fakes of the runtime, task harnesses, servers and
 * processes; this one uses none of them.
 */
@NullMarked
package dev.sluice.testkit;

import org.jspecify.annotations.NullMarked;
