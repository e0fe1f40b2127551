/**
 * Other people's clients against the broker of the installation: one test per script of {@code clients/}, and one class per
 * Java client. All of them share one broker, as they would on somebody's machine.
 */
@NullMarked
package dev.sluice.conformance;

import org.jspecify.annotations.NullMarked;
