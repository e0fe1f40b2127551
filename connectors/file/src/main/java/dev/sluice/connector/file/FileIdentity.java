package dev.sluice.connector.file;

import org.jspecify.annotations.Nullable;

/**
 * What a stored offset remembers about its file besides the name.
 *
 * @param inode the file's number in its file system, or null where there is none
 * @param headBytes how many of its first bytes the checksum covers, 0 to {@link FileHead#BYTES_MAX}
 * @param headCrc CRC-32 of these bytes
 */
record FileIdentity(@Nullable Long inode, int headBytes, long headCrc) {
    /** The identity in an offset that names a position only: any file fits. */
    static final FileIdentity ANY = new FileIdentity(null, 0, 0);
}
