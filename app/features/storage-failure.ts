import type { StorageError } from "~/ports/storage.server";
import type { ItemResult } from "./job-runs/kinds/handler";
import { classOf, isKnownError } from "./known-error";

export const isStorageError = (error: unknown): error is StorageError => isKnownError(error, "StorageError");

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
