import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Clock } from "~/ports/clock.server";
import { DatabaseNotReady } from "~/ports/database-not-ready";
import { besideDatabase, notOurs } from "./back-up-file.server";
import { copyDatabase, explainWriting, placeFile, requireSound } from "./copy-database.server";
import { countRows, type RowCounts } from "./count-rows.server";
import { finishedIn, readHistory } from "./history.server";
import { migrateFile } from "./migrate-file.server";
import { explainSchema, type Migration } from "./migration-files.server";
import { findHolders } from "./open-alone.server";
import { readDatabase } from "./read-database.server";

type Restoring<Settled> = {
  backup: string;
  /** Where the database shall be; nothing may be there. */
  file: string;
  migrations: readonly Migration[];
  clock: Clock;
  /** Makes what was under way in the backup harmless, and closes the database that it opened. */
  settle(file: string): Promise<Settled>;
  /** False: all is done but for the last step, so that nothing is left of it. */
  apply: boolean;
};

/** `migrated`: the migrations that the backup lacked. `rows`: those of each table of the backup. */
export type Restored<Settled> = { bytes: number; migrated: string[]; rows: RowCounts; settled: Settled };

/**
 * Puts a backup where no database is: checked, brought up to date and settled in a folder beside, and only then under its name, so
 * that whenever this dies there is either no database or one that may be worked with.
 * @throws DatabaseNotReady with a sentence: something is there, the backup is damaged, not ours or newer, no room
 */
export async function restoreFile<Settled>(restoring: Restoring<Settled>): Promise<Restored<Settled>> {
  const { backup, file, migrations, clock, settle, apply } = restoring;
  requireFree(file);
  requireUsable(backup, migrations);
  const folder = makeFolder(file);
  try {
    const copy = join(folder, basename(file));
    let rows: RowCounts = {};
    readDatabase(backup, (database) =>
      copyDatabase(database, copy, (copied) => {
        rows = countRows(copied);
      }),
    );
    const steps = Array.from(migrateFile(copy, migrations, clock));
    const settled = await settle(copy);
    readDatabase(copy, (restored) => requireSound(restored, "The restored database is damaged"));
    const { size: bytes } = statSync(copy);
    if (apply) placeUnderName(copy, file);
    return { bytes, migrated: steps.flatMap((step) => (step.did === "applied" ? [step.name] : [])), rows, settled };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A log that is left of another database would be taken for this one's.
 * @throws DatabaseNotReady where a database is, or is still in use
 */
export function requireFree(file: string): void {
  const there = [file, ...besideDatabase(file)].filter((path) => existsSync(path));
  if (there.length > 0) {
    throw new DatabaseNotReady(
      `A backup is restored only where no database is, and there is ${there.join(", ")}. Stop web, workers and scripts, move the database away with its -wal and -shm, then run this again. Nothing was changed.`,
    );
  }
  const holders = findHolders(file);
  if (holders.length === 0) return;
  throw new DatabaseNotReady(
    `The database that was at ${file} is still in use (${holders.map((pid) => `process ${pid}`).join(", ")}): stop web, workers and scripts, then run this again. Nothing was changed.`,
  );
}

function requireUsable(backup: string, migrations: readonly Migration[]): void {
  if (!existsSync(backup)) throw new DatabaseNotReady(`There is no backup at ${backup}.`);
  const history = readDatabase(backup, readHistory);
  if (!history) throw new DatabaseNotReady(notOurs(backup));
  requireKnown(backup, finishedIn(history), migrations);
  readDatabase(backup, (database) => requireSound(database, `The backup at ${backup} is damaged`));
}

/**
 * A backup that lacks migrations is brought up to date.
 * @throws DatabaseNotReady for one that has others
 */
export function requireKnown(backup: string, finished: readonly string[], migrations: readonly Migration[]): void {
  const own = migrations.map(({ name }) => name);
  const foreign = finished.filter((name) => !own.includes(name));
  const refusal = explainSchema(backup, own, [...own, ...foreign]);
  if (refusal !== null) throw new DatabaseNotReady(refusal);
}

function makeFolder(file: string): string {
  try {
    mkdirSync(dirname(file), { recursive: true });
    return mkdtempSync(`${file}.restoring-`);
  } catch (error) {
    throw explainWriting(error, file);
  }
}

function placeUnderName(copy: string, file: string): void {
  try {
    placeFile(copy, file);
  } catch (error) {
    throw explainWriting(error, file);
  }
}
