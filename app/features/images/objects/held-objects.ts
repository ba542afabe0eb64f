import { createBudget } from "~/features/budget";

/** The largest object that is read into memory whole, whatever for: to be decoded, shown to a model, or moved. */
export const LARGEST_HELD_BYTES = 128 * 1024 * 1024;

const HELD_AT_ONCE_BYTES = 160 * 1024 * 1024;

const hold = createBudget(HELD_AT_ONCE_BYTES);

/**
 * All objects that this process reads whole at one time, whoever asks, stay within 160 MiB. Each counts twice: a move holds it
 * beside its copy, and what is decoded is held by the process that decodes as well. One of more than 80 MiB is held alone.
 * @param bytes the object's size; null where it is not known, which counts as the largest
 */
export function holdObject<T>(bytes: number | null, work: () => Promise<T>): Promise<T> {
  return hold(2 * Math.min(bytes ?? LARGEST_HELD_BYTES, LARGEST_HELD_BYTES), work);
}
