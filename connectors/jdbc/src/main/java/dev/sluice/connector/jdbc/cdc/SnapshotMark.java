package dev.sluice.connector.jdbc.cdc;

/** Says whether a record comes from the snapshot, and where in it, in Debezium's words. */
enum SnapshotMark {
    /** The first row of all. */
    FIRST("first"),
    /** Some row. */
    TRUE("true"),
    /** The last row of a table. */
    LAST_OF_TABLE("last_in_data_collection"),
    /** The last row of all: what follows is the stream. */
    LAST("last"),
    /** Not from the snapshot. */
    FALSE("false");

    private final String word;

    SnapshotMark(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
