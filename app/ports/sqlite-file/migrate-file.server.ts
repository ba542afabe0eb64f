import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import Database from "better-sqlite3";
import type { Clock } from "~/ports/clock.server";
import { DatabaseNotReady } from "~/ports/database-not-ready";
import { copyDatabase } from "./copy-database.server";
import { type Applied, finishedIn, readHistory, recordApplied } from "./history.server";
import { hasEffects } from "./interrupted.server";
import { explainSchema, type Migration } from "./migration-files.server";
import { cannotBeRead, openAlone } from "./open-alone.server";

/** Copies of before a migration: so many stay beside the database. */
const KEPT_COPIES = 3;

/** What was done, as it is done. `closed`: others could read the file; `changed`: applied before, and edited since then. */
export type Migrated =
  | { did: "closed" }
  | { did: "copied"; to: string; bytes: number }
  | { did: "applied" | "changed"; name: string };

/**
 * Brings a database file up to date, alone with it. A copy is made beside it first, unless it is new. Each migration is one
 * transaction together with its row of the history: whenever this dies, the same call goes on from there.
 * @throws DatabaseNotReady with a sentence: someone has it open, another version migrated it, no room, a migration that fails
 */
export function* migrateFile(file: string, migrations: readonly Migration[], clock: Clock): Generator<Migrated> {
  mkdirSync(dirname(file), { recursive: true });
  closeSync(openSync(file, "a", 0o600));
  if (closeToOthers(file)) yield { did: "closed" };
  // A current database is left alone, also while it is in use.
  if (findPending(file, migrations, lookAt(file)).length === 0) return;
  const database = openAlone(file);
  try {
    const history = readHistory(database);
    const pending = findPending(file, migrations, history);
    requireOurs(file, database, history);
    requireWhole(database, migrations, history);
    yield* findChanged(migrations, history);
    if (history && pending[0]) yield copyBefore(database, file, pending[0]);
    database.pragma("foreign_keys = OFF");
    for (const migration of pending) {
      apply(database, migration, clock);
      yield { did: "applied", name: migration.name };
    }
    removeOldCopies(file);
  } finally {
    database.close();
  }
}

/**
 * Sessions, addresses of people and all labels are in there: only the owner of the file may read it and its log.
 * @returns whether others could. Windows has no such modes.
 */
function closeToOthers(file: string): boolean {
  const open = [file, `${file}-wal`, `${file}-shm`].filter((path) => existsSync(path) && statSync(path).mode & 0o077);
  if (process.platform === "win32" || open.length === 0) return false;
  try {
    for (const path of open) chmodSync(path, 0o600);
  } catch (error) {
    throw new DatabaseNotReady(
      `The database at ${file} can be read by other users of this machine, and only its owner can change that: chmod 600 ${open.join(" ")}`,
      { cause: error },
    );
  }
  return true;
}

/** The history of a file that others may have open; none where someone is alone with it. */
function lookAt(file: string): Applied[] | null {
  const database = new Database(file, { readonly: true, timeout: 1_000 });
  try {
    return readHistory(database);
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    if (error.code.startsWith("SQLITE_BUSY")) return null;
    throw cannotBeRead(file, error);
  } finally {
    database.close();
  }
}

function findPending(file: string, migrations: readonly Migration[], history: readonly Applied[] | null): Migration[] {
  const own = migrations.map(({ name }) => name);
  const foreign = (history ?? []).map(({ name }) => name).filter((name) => !own.includes(name));
  if (foreign.length > 0) throw new DatabaseNotReady(explainSchema(file, own, foreign) ?? "");
  const finished = finishedIn(history);
  return migrations.filter(({ name }) => !finished.includes(name));
}

function requireOurs(file: string, database: Database.Database, history: readonly Applied[] | null): void {
  if (history || !database.prepare("SELECT 1 FROM sqlite_schema").get()) return;
  throw new DatabaseNotReady(
    `The file at ${file} is a database of something else: it has tables, but no history of our migrations.`,
  );
}

/** An interrupted migration is done again if it left nothing behind. */
function requireWhole(
  database: Database.Database,
  migrations: readonly Migration[],
  history: readonly Applied[] | null,
): void {
  const byName = new Map(migrations.map((migration) => [migration.name, migration]));
  const finished = finishedIn(history).flatMap((name) => byName.get(name) ?? []);
  for (const { name, isFinished } of history ?? []) {
    const begun = byName.get(name);
    if (isFinished || !begun || !hasEffects(database, finished, begun)) continue;
    throw new DatabaseNotReady(
      `Migration ${name} was interrupted after it had begun to change the database, by a version that did not do all of a migration at once. Restore a backup from before it (docs/operations.md), then run this again. Nothing was changed.`,
    );
  }
}

function findChanged(migrations: readonly Migration[], history: readonly Applied[] | null): Migrated[] {
  const checksums = new Map((history ?? []).map(({ name, checksum }) => [name, checksum]));
  return migrations
    .filter(({ name, checksum, formerly = [] }) => ![checksum, ...formerly].includes(checksums.get(name) ?? checksum))
    .map(({ name }) => ({ did: "changed", name }));
}

const copyPrefix = (file: string) => `${basename(file)}.before-`;

/** One copy for each state of the schema; a newer one of the same state takes the place of the older. */
function copyBefore(database: Database.Database, file: string, next: Migration): Migrated {
  const to = join(dirname(file), `${copyPrefix(file)}${next.name}`);
  const fresh = `${to}.new`;
  rmSync(fresh, { force: true });
  const bytes = copyDatabase(database, fresh);
  renameSync(fresh, to);
  return { did: "copied", to, bytes };
}

/** By their names, which say the order of migrations whatever the clock said. */
function removeOldCopies(file: string): void {
  const copies = readdirSync(dirname(file)).filter((name) => name.startsWith(copyPrefix(file)));
  for (const name of copies.sort().slice(0, -KEPT_COPIES)) rmSync(join(dirname(file), name));
}

/**
 * Foreign keys are off meanwhile, as SQLite wants it where a table is rebuilt, for within a transaction they cannot be switched:
 * what a migration leaves is checked instead.
 */
function apply(database: Database.Database, migration: Migration, clock: Clock): void {
  const startedAt = clock.now();
  const work = database.transaction(() => {
    database.exec(migration.sql);
    const [orphan] = database.prepare<[], { table: string; parent: string }>("PRAGMA foreign_key_check").all();
    if (orphan) throw new Error(`rows of ${orphan.table} would name rows of ${orphan.parent} that are not there`);
    // A clock that was set back meanwhile must not have it end before it began.
    const finishedAt = new Date(Math.max(startedAt.getTime(), clock.now().getTime()));
    recordApplied(database, migration, { startedAt, finishedAt });
  });
  try {
    work.immediate();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new DatabaseNotReady(
      `Migration ${migration.name} failed (${why}) and was taken back: the database is as it was before it.`,
      { cause: error },
    );
  }
}
