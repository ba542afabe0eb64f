import { classOf, isKnownError } from "~/features/known-error";

/** Class and sentence of something thrown, for a run or an item that it ended. */
export function describeError(error: unknown): { errorClass: string; error: string } {
  return { errorClass: classOf(error), error: error instanceof Error ? error.message : String(error) };
}

/** The database could not take the work for now; nothing was written, and the same work may be tried again. */
export const isDatabaseUnavailable = (error: unknown) => isKnownError(error, "DatabaseUnavailable");
