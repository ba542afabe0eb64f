/**
 * What the SDK, Node's sockets or a body stream told of a call that failed: the cause of the StorageError it became.
 * It stands in for the original error, which holds the request with its signature, and that no log may carry.
 */
export class CallFailure extends Error {
  constructor(
    /** S3's code ("NoSuchKey") where it gave one, else the error's name. */
    override readonly name: string,
    message: string,
    /** The HTTP status, when there was an answer. */
    readonly status: number | undefined,
    /** Node's code ("ECONNREFUSED"), when the network failed. */
    readonly errno: string | undefined,
    /** How often the SDK asked. */
    readonly attempts: number,
    /** The storage class that S3 gave as the reason. */
    readonly storageClass?: string,
  ) {
    super(message);
  }
}

export function callFailure(error: unknown): CallFailure {
  if (!(error instanceof Error)) return new CallFailure("unknown", String(error), undefined, undefined, 1);
  const metadata = "$metadata" in error && isRecord(error.$metadata) ? error.$metadata : {};
  return new CallFailure(
    "Code" in error && typeof error.Code === "string" ? error.Code : error.name,
    error.message,
    typeof metadata.httpStatusCode === "number" ? metadata.httpStatusCode : undefined,
    "code" in error && typeof error.code === "string" ? error.code : undefined,
    typeof metadata.attempts === "number" ? metadata.attempts : 1,
    "StorageClass" in error && typeof error.StorageClass === "string" ? error.StorageClass : undefined,
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
