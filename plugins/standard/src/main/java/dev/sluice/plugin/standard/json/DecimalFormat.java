package dev.sluice.plugin.standard.json;

/** How decimals with a schema are written; both forms are always read. */
enum DecimalFormat {
    /** The unscaled number's big-endian two's-complement bytes, in Base64. */
    BASE64,
    /** A JSON number with all its digits. */
    NUMERIC
}
