import type { ItemResult } from "~/features/job-runs/handler";
import type { StorageError } from "~/ports/storage.server";

/** True for what the storage port throws. By name: server code is bundled while ports are made outside of the bundle. */
export function isStorageError(error: unknown): error is StorageError {
  return error instanceof Error && error.name === "StorageError";
}

/**
 * The outcome of an item whose S3 call failed: class "s3-" and the code ("s3-unavailable"), the port's own sentence, and
 * whether another attempt may help. Any other error is thrown on: it is a fault of ours, not of the bucket.
 */
export function storageFailure(error: unknown): ItemResult & { outcome: "failed" } {
  if (!isStorageError(error)) throw error;
  return {
    outcome: "failed",
    errorClass: `s3-${error.code}`,
    error: error.message,
    retryable: error.retryable,
  };
}
