package dev.sluice.runtime.plugin;

/**
 * What an index remembers of one location.
 *
 * @param contents what was found
 * @param bridgesCrc a checksum of the bridges that were there; decides whether what they said of a foreign location holds
 */
record IndexEntry(Contents contents, long bridgesCrc) {
    /** Returns whether the location's jars are still those that were read. */
    boolean fits(Location location) {
        return contents.location().isSameAs(location);
    }

    /** Returns whether the bridges that had a say in this, if any, are still the same. */
    boolean fits(long bridgesCrcNow) {
        return !contents.isForeign() || bridgesCrc == bridgesCrcNow;
    }
}
