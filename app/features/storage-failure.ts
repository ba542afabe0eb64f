import type { StorageError } from "~/ports/storage.server";
import type { ItemResult } from "./job-runs/kinds/handler";
import { classOf, isKnownError } from "./known-error";

export const isStorageError = (error: unknown): error is StorageError => isKnownError(error, "StorageError");

/**
 * What a look at one of many objects tells, or the sentence of a refusal that no waiting ends: it is about this object alone, and nothing that
 * the others must wait for.
 */
export async function orRefusal<T>(look: () => Promise<T>): Promise<T | { refusal: string }> {
  try {
    return await look();
  } catch (error) {
    if (isStorageError(error) && !error.retryable) return { refusal: error.message };
    throw error;
  }
}

/**
 * The outcome of an item whose S3 call failed: its class ("s3-unavailable"), the port's own sentence, and whether another
 * attempt may help. Any other error is thrown on: it is a fault of ours, not of the bucket.
 */
export function storageFailure(error: unknown): ItemResult & { outcome: "failed" } {
  if (!isStorageError(error)) throw error;
  return {
    outcome: "failed",
    errorClass: classOf(error),
    error: error.message,
    retryable: error.retryable,
  };
}
