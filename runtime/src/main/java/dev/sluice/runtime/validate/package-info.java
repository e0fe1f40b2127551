/**
 * Says everything about a connector's settings before they are used: {@link dev.sluice.runtime.validate.Validation} asks the
 * framework's specs, the plugins' own and the plugins themselves, and answers in the shapes of Kafka Connect.
 *
 * <p>Nothing here waits: plugins are called on threads of their own under a budget, what they say is put together by pure
 * functions. {@code rest} and {@code control} call, from any thread.
 */
@NullMarked
package dev.sluice.runtime.validate;

import org.jspecify.annotations.NullMarked;
