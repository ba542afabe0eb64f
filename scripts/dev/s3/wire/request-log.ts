import type { S3Request } from "./s3-request";

/** One request; `status` is null while it is under way, or for ever if it was left hanging. */
export type LoggedRequest = { operation: string; bucket: string; key: string; status: number | null };

export type RequestLog = ReturnType<typeof createRequestLog>;

const MAX_RECENT = 5_000;

/** Counts requests by operation, and keeps the last ones, so that tests can count what the app asked for. */
export function createRequestLog() {
  let byOperation: Record<string, number> = {};
  let recent: LoggedRequest[] = [];
  return {
    /** Returns what to call with the answer's status. */
    start({ operation, bucket, key }: S3Request): (status: number) => void {
      byOperation[operation] = (byOperation[operation] ?? 0) + 1;
      const entry: LoggedRequest = { operation, bucket, key, status: null };
      recent.push(entry);
      if (recent.length > 2 * MAX_RECENT) recent = recent.slice(-MAX_RECENT);
      return (status) => {
        entry.status = status;
      };
    },
    /** How many requests of an operation ("PutObject"); of all, when none is named. */
    count: (operation?: string) =>
      operation === undefined
        ? Object.values(byOperation).reduce((sum, count) => sum + count, 0)
        : (byOperation[operation] ?? 0),
    byOperation: () => ({ ...byOperation }),
    /** The last requests, oldest first. */
    recent: () => recent.slice(-MAX_RECENT),
    reset() {
      byOperation = {};
      recent = [];
    },
  };
}
