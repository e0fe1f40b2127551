package dev.sluice.runtime.transport;

/** Reads one partition, for one task thread. */
public interface PartitionReader extends AutoCloseable {
    /**
     * Returns records from an offset on.
     *
     * <p>An offset below the start of the log reads on at the start; one beyond its end finds nothing. Waits for the disk;
     * an interrupted thread gets an {@link InterruptedException} and harms nobody else.
     *
     * @param recordsMax the most records to return
     * @param bytesMax about how many bytes to read; at least one record is returned if there is one
     */
    ReadBatch read(long offset, int recordsMax, int bytesMax) throws InterruptedException;

    /** Returns about how many bytes are kept in memory for the next read. */
    long bufferedBytes();

    /** Lets go of these; the next read fetches them again. */
    void dropBuffer();

    /** Returns the first offset that can be read. */
    long startOffset();

    /** Returns the offset up to which records are given out: that of the first one of an open transaction, or the log's end. */
    long endOffset();

    /** Returns the offset that the next record gets. */
    long logEndOffset();

    /** Returns whether the partition was deleted, also where there is a new one of the same name. Nothing more comes. */
    boolean isDeleted();

    /** Ends the wake-up calls. */
    @Override
    void close();
}
