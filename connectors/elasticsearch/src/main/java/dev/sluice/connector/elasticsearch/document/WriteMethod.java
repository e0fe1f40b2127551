package dev.sluice.connector.elasticsearch.document;

/** What a record with a value does to its document. */
enum WriteMethod {
    /** Writes the document whole, in place of one that is there. */
    INSERT,
    /** Another word for {@link #INSERT}, that of the servers. */
    INDEX,
    /** Writes the document unless there is one of its id. */
    CREATE,
    /** Changes the fields that the record has, in a document that is there. */
    UPDATE,
    /** Changes the fields that the record has, or writes the document. */
    UPSERT,
    /** Gives the record to a script that changes the document. */
    SCRIPT;

    /** Returns whether the server takes a version of ours with it. */
    boolean isVersioned() {
        return this == INSERT || this == INDEX;
    }

    /** Returns whether the body is an update request, which the server reads before it divides the bulk. */
    boolean isUpdate() {
        return this == UPDATE || this == UPSERT || this == SCRIPT;
    }

    /** Returns the operation's name in an action line. */
    String action() {
        return switch (this) {
            case INSERT, INDEX -> "index";
            case CREATE -> "create";
            case UPDATE, UPSERT, SCRIPT -> "update";
        };
    }
}
