/**
 * Behaviour suites: the contract of each kind of plugin as JUnit tests.
 *
 * <p>A plugin's test extends the suite of its kind and fills in a few methods. What a plugin need not do is an ability in
 * an enum; all are on by default, and one that is switched off is tested to be refused well. The author's own
 * {@code @BeforeEach} prepares the outside, afresh for every test; {@code settings()} is called after it.
 */
@NullMarked
package dev.sluice.testkit.behaviour;

import org.jspecify.annotations.NullMarked;
