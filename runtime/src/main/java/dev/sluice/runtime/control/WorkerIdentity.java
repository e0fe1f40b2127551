package dev.sluice.runtime.control;

/**
 * Who a worker is.
 *
 * @param workerId its REST address, as statuses name it
 * @param epoch counts the starts of workers on this log
 */
record WorkerIdentity(String workerId, long epoch) {}
