/** A step's summary may hold 1 MiB; more is refused as a whole. */
export const SUMMARY_LIMIT_BYTES = 1_048_576;
