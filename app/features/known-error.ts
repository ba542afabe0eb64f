import type { DatabaseNotReady } from "~/ports/database-not-ready";
import type { DatabaseUnavailable } from "~/ports/db.server";
import type { ModelError } from "~/ports/model/model-errors.server";
import type { StorageError } from "~/ports/storage.server";
import type { DomainError } from "./domain-error";

/** The errors that are foreseen: each has a message that a person can act on. */
type KnownErrors = {
  DatabaseNotReady: DatabaseNotReady;
  DatabaseUnavailable: DatabaseUnavailable;
  DomainError: DomainError;
  ModelError: ModelError;
  StorageError: StorageError;
};

/**
 * True for an error of this name, whichever copy of its class made it: server code is bundled while ports are made
 * outside of the bundle, so `instanceof` would not know it.
 */
export function isKnownError<Name extends keyof KnownErrors>(error: unknown, name: Name): error is KnownErrors[Name] {
  return error instanceof Error && error.name === name;
}

/**
 * The class under which an error is counted, the same for an item as for the run that it ended: "s3-" and the code for a
 * storage error ("s3-unavailable"), "model-failed" for one of the model, "database-unavailable", "database-not-ready", the code of a
 * domain error, and "internal" for what no one foresaw.
 */
export function classOf(error: unknown): string {
  if (isKnownError(error, "StorageError")) return `s3-${error.code}`;
  if (isKnownError(error, "ModelError")) return "model-failed";
  if (isKnownError(error, "DatabaseUnavailable")) return "database-unavailable";
  if (isKnownError(error, "DatabaseNotReady")) return "database-not-ready";
  if (isKnownError(error, "DomainError")) return error.code;
  return "internal";
}

/** Class and sentence of something thrown, for a run or an item that it ended. */
export function describeError(error: unknown): { errorClass: string; error: string } {
  return { errorClass: classOf(error), error: error instanceof Error ? error.message : String(error) };
}

/** The database could not take the work for now; nothing was written, and the same work may be tried again. */
export const isDatabaseUnavailable = (error: unknown) => isKnownError(error, "DatabaseUnavailable");
