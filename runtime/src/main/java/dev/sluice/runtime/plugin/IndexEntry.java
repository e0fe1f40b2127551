package dev.sluice.runtime.plugin;

/**
 * What an index remembers of one location.
 *
 * @param contents what was found
 * @param bridgesCrc a checksum of the bridges that were there; decides whether what they said of a foreign location holds
 */
record IndexEntry(Contents contents, long bridgesCrc) {}
