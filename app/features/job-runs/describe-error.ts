/**
 * Class and sentence of something thrown, for a run or an item that it ended. Port errors carry a code that serves as
 * the class; whatever nobody foresaw is "internal", and its stack goes to the log.
 */
export function describeError(error: unknown): { errorClass: string; error: string } {
  if (!(error instanceof Error)) return { errorClass: "internal", error: String(error) };
  const hasCode = "code" in error && typeof error.code === "string";
  const isOurs = error.name === "StorageError" || error.name === "DomainError";
  return { errorClass: isOurs && hasCode ? String(error.code) : "internal", error: error.message };
}

/** The database could not take the work for now; nothing was written, and the same work may be tried again. */
export const isDatabaseUnavailable = (error: unknown) => error instanceof Error && error.name === "DatabaseUnavailable";
