/** An object is held in memory while it moves. */
export const LARGEST_MOVED_BYTES = 128 * 1024 * 1024;
