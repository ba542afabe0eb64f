/** A form has at most 1 MiB, and base64 makes a third more of bytes. A mask of 4,096 × 3,072 px with many strokes has some 100 KB. */
export const LARGEST_MASK_BYTES = 640 * 1024;

/** Of a base that is changed by a mask: up to eight are held at once while the model draws, beside what is decoded. */
export const LARGEST_MASKED_BYTES = 24 * 1024 * 1024;
