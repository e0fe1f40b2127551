package dev.sluice.connector.elasticsearch.source;

/** How many documents to ask for, so that an answer stays below a number of bytes whatever size the documents have. */
final class PageSize {
    private static final int FIRST = 10;

    private final int documentsMax;
    private final long bytesMax;
    private int documents;

    PageSize(int documentsMax, long bytesMax) {
        this.documentsMax = documentsMax;
        this.bytesMax = bytesMax;
        this.documents = Math.min(FIRST, documentsMax);
    }

    int documents() {
        return documents;
    }

    /** Learns from an answer. */
    void answered(int hitCount, long bytes) {
        if (hitCount > 0) {
            long fitting = bytesMax / Math.max(1, bytes / hitCount);
            documents = (int) Math.max(1, Math.min(fitting, documentsMax));
        }
    }

    /** Learns that an answer was too long to be taken; returns whether a smaller one can be asked for. */
    boolean shrink() {
        boolean canShrink = documents > 1;
        documents = Math.max(1, documents / 4);
        return canShrink;
    }
}
