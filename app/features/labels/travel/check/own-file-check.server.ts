import { z } from "zod";
import { jsonColumn } from "~/features/json-column";
import { describeError, isKnownError } from "~/features/known-error";
import { OWN_FILE } from "~/features/labels/travel/own-file";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { compareOwnFile } from "./compare-file.server";
import { labelDifference } from "./label-difference";
import { readOwnFileState } from "./own-file-state.sql.server";

const found = z.union([labelDifference, z.object({ problem: z.string() })]);

/** How labels/personas.json and the database differ, or why the file cannot be compared. */
export type OwnFileCheck = z.infer<typeof found>;

/** What a worker found when it last compared them; null: none has yet. */
export async function readOwnFileCheck(db: Db): Promise<{ found: OwnFileCheck; checkedAt: Date } | null> {
  const row = await db.labelFileCheck.findUnique({ where: { file: OWN_FILE } });
  return row && { found: jsonColumn(found).parse(row.difference), checkedAt: row.checkedAt };
}

/** Compares them, now. */
export async function checkOwnFile(db: Db): Promise<OwnFileCheck> {
  try {
    return await compareOwnFile(db);
  } catch (error) {
    if (!isKnownError(error, "DomainError")) throw error;
    return { problem: describeError(error).error };
  }
}

/** Compares them again if one of them changed since, and keeps what it found for the overview. */
export async function refreshOwnFileCheck({ db, clock }: { db: Db; clock: Clock }): Promise<OwnFileCheck> {
  const state = await readOwnFileState(db);
  const last = await db.labelFileCheck.findUnique({ where: { file: OWN_FILE } });
  if (last?.state === state) return jsonColumn(found).parse(last.difference);
  const difference = await checkOwnFile(db);
  const row = { state, difference: JSON.stringify(difference), checkedAt: clock.now() };
  await db.labelFileCheck.upsert({ where: { file: OWN_FILE }, create: { file: OWN_FILE, ...row }, update: row });
  return difference;
}
