package dev.sluice.connector.jdbc.cdc;

/** What happened to a row, by Debezium's letters. */
enum Op {
    /** It was inserted. */
    CREATE("c"),
    /** It was changed. */
    UPDATE("u"),
    /** It is gone. */
    DELETE("d"),
    /** It was there when the snapshot was read. */
    READ("r"),
    /** All rows are gone. */
    TRUNCATE("t");

    private final String letter;

    Op(String letter) {
        this.letter = letter;
    }

    String letter() {
        return letter;
    }
}
