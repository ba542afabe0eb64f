import type { Db } from "~/ports/db.server";
import { isKnownError } from "./known-error";

/**
 * For a loop that goes on after errors: on tables of another version a step may fail in any way, and no step is right any longer.
 * @throws DatabaseNotReady when another version has migrated the database; nothing where that cannot be told for now
 */
export async function endOnOtherSchema(db: Db): Promise<void> {
  try {
    await db.$requireOwnSchema();
  } catch (error) {
    if (isKnownError(error, "DatabaseNotReady")) throw error;
  }
}
