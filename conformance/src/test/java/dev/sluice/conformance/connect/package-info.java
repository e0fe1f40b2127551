/**
 * Kafka Connect's REST contract: requests, what a real worker answered to them, and the comparison of Sluice with that.
 *
 * <p>{@code connect/<chapter>.requests.json} among the test resources holds the requests, {@code <chapter>.answers.json} the
 * recorded answers. {@link dev.sluice.conformance.connect.Recorder} writes the latter from a standalone and a distributed
 * worker; {@link dev.sluice.conformance.connect.ContractIT} sends the former to Sluice.
 */
@NullMarked
package dev.sluice.conformance.connect;

import org.jspecify.annotations.NullMarked;
