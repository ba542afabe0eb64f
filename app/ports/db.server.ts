import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { DatabaseNotReady } from "./database-not-ready";
import { type Prisma, PrismaClient } from "./prisma/client";
import { linesOf, sql } from "./sql.server";
import { fileOfDatabase } from "./sqlite-file/file-of-database";
import { explainSchema, listMigrations } from "./sqlite-file/migration-files.server";

export type * from "./prisma/client";

/** The client inside a transaction. */
export type Tx = Prisma.TransactionClient;

const BUSY_RETRY_FOR_MS = 5_000;

/**
 * With NORMAL a power cut takes back commits that the bucket has followed already. FULL costs about 0.6 ms a commit.
 * Bulk work changes the same pages of indexes again and again. After each 4 MB (SQLite's own limit) every piece of it would be
 * copied from the log into the database by itself; after 64 MB each page is copied once for some ten pieces.
 */
const PRAGMAS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  PRAGMA wal_autocheckpoint = 16000;`;

/** Sets up each connection, also one that the client opens again by itself: SQLite forgets these with the connection. */
class Adapter extends PrismaBetterSqlite3 {
  override async connect() {
    const connection = await super.connect();
    await retryWhileBusy(() => connection.executeScript(PRAGMAS));
    return connection;
  }
}

/**
 * Opens the database. Waiting for SQLite's lock freezes the process that waits, so `busyTimeoutMs` is short where pages
 * are served (100) and may be long in a worker; `db.$write` goes on trying without freezing for up to 5 s.
 * @param url file:PATH
 */
export async function createDb(url: string, options: { busyTimeoutMs?: number } = {}) {
  const adapter = new Adapter({ url, timeout: options.busyTimeoutMs ?? 100 }, { timestampFormat: "unixepoch-ms" });
  const client = new PrismaClient({ adapter });
  await client.$connect();
  const file = fileOfDatabase(url);
  // As it was when this process began: a folder that a new build has been put into is not what runs here.
  const own = listMigrations();
  return client.$extends({
    client: {
      /** The database's file, as the environment names it. */
      $file: file,
      /**
       * For what must not go on when another version has migrated the database beneath it. Within a transaction that has
       * written, it holds to the end of that.
       * @throws DatabaseNotReady unless the database has the migrations that this process knows, and no other
       */
      async $requireOwnSchema(tx: Pick<Tx, "$queryRaw"> = client): Promise<void> {
        // One value, for this is asked at each claim and each request.
        const [row] = await tx.$queryRaw<{ names: string | null }[]>`
          SELECT ${linesOf(sql`"migration_name"`)} AS "names" FROM "_prisma_migrations"
           WHERE "finished_at" IS NOT NULL AND "rolled_back_at" IS NULL`;
        const refusal = explainSchema(file, own, row?.names?.split("\n") ?? []);
        if (refusal !== null) throw new DatabaseNotReady(refusal);
      },
      /**
       * Runs `work` in one transaction, again from the start while another process holds the write lock (up to 5 s).
       * Its first statement must write: a deferred transaction that reads first fails beside a second writer whatever
       * the timeout. No S3 or model call belongs inside. The driver answers at once, so that a loop of writes would hold
       * up the process's timers (a lease's), signals and requests to its end: after each they have their turn.
       */
      async $write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
        const written = await retryWhileBusy(() =>
          client.$transaction(work, { maxWait: BUSY_RETRY_FOR_MS, timeout: 15_000 }),
        );
        await nextTurn();
        return written;
      },
    },
    query: {
      $allOperations: ({ args, query }) => retryWhileBusy(() => query(args)),
    },
  });
}

export type Db = Awaited<ReturnType<typeof createDb>>;

/**
 * The database cannot take the work now: another process has held the lock for longer than 5 s, or the disk is full.
 * Nothing was written; the same work may be tried again.
 */
export class DatabaseUnavailable extends Error {
  override name = "DatabaseUnavailable";
  readonly code = "unavailable";
}

/** How Prisma and its adapter tell of SQLite's "database is locked", also while waiting for a transaction's turn. */
const busy = /database is locked|SQLITE_BUSY|SocketTimeout|P1008|P2024|P2028/;
const full = /SQLITE_FULL|SQLITE_IOERR|disk is full/;

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  const code = "code" in error ? String(error.code) : "";
  return `${code} ${error.message} ${"meta" in error ? JSON.stringify(error.meta) : ""}`;
}

async function retryWhileBusy<T>(work: () => Promise<T>): Promise<T> {
  const giveUpAt = performance.now() + BUSY_RETRY_FOR_MS;
  for (let wait = 10; ; wait = Math.min(wait * 2, 200)) {
    try {
      return await work();
    } catch (error) {
      const text = textOf(error);
      if (full.test(text)) {
        throw new DatabaseUnavailable(
          "This could not be saved, because the disk that holds the database is full. Make room; runs then go on by themselves.",
          {
            cause: error,
          },
        );
      }
      if (!busy.test(text)) throw error;
      if (performance.now() > giveUpAt) {
        throw new DatabaseUnavailable(
          "This could not be saved, because another process has held the database's lock for more than 5 s. Try again in a moment; runs go on by themselves.",
          { cause: error },
        );
      }
      await sleep(wait * (0.5 + Math.random()));
    }
  }
}
