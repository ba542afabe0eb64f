export type StorageErrorCode =
  | "no-bucket"
  | "denied"
  | "not-found"
  | "archived"
  | "exists"
  | "changed"
  | "too-large"
  | "unavailable"
  | "not-implemented"
  | "acl-disabled"
  | "timeout"
  | "invalid";

/** What went wrong with which key, in a sentence a person can act on; `retryable` says whether waiting helps. */
export class StorageError extends Error {
  override name = "StorageError";
  constructor(
    readonly code: StorageErrorCode,
    message: string,
    readonly retryable: boolean,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}
