/** Behaviour suites, fakes and testing servers for those who write plugins. */
@NullMarked
package dev.sluice.testkit;

import org.jspecify.annotations.NullMarked;
