import { setTimeout as sleep } from "node:timers/promises";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { type Prisma, PrismaClient } from "./prisma/client.ts";

export type * from "./prisma/client.ts";

/** The client inside a transaction. */
export type Tx = Prisma.TransactionClient;

const BUSY_RETRY_FOR_MS = 5_000;

/**
 * Opens the database. Waiting for SQLite's lock freezes the process that waits, so `busyTimeoutMs` is short where pages
 * are served (100) and may be long in a worker; `db.$write` goes on trying without freezing for up to 5 s.
 * @param url file:PATH
 */
export async function createDb(url: string, options: { busyTimeoutMs?: number } = {}) {
  const adapter = new PrismaBetterSqlite3(
    { url, timeout: options.busyTimeoutMs ?? 100 },
    { timestampFormat: "unixepoch-ms" },
  );
  const client = new PrismaClient({ adapter });
  await retryWhileBusy(async () => {
    await client.$queryRaw`PRAGMA journal_mode = WAL`;
    await client.$queryRaw`PRAGMA synchronous = NORMAL`;
    await client.$queryRaw`PRAGMA foreign_keys = ON`;
  });
  return client.$extends({
    client: {
      /**
       * Runs `work` in one transaction, again from the start while another process holds the write lock (up to 5 s).
       * Its first statement must write: a deferred transaction that reads first fails beside a second writer whatever
       * the timeout. No S3 or model call belongs inside.
       */
      $write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
        return retryWhileBusy(() => client.$transaction(work, { maxWait: BUSY_RETRY_FOR_MS, timeout: 15_000 }));
      },
    },
    query: {
      $allOperations: ({ args, query }) => retryWhileBusy(() => query(args)),
    },
  });
}

export type Db = Awaited<ReturnType<typeof createDb>>;

/** True for SQLite's "database is locked", however Prisma wraps it. */
function isBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const text = `${error.message} ${JSON.stringify("meta" in error ? error.meta : "")}`;
  return /database is locked|SQLITE_BUSY|SocketTimeout|P1008/.test(text) || ("code" in error && error.code === "P1008");
}

async function retryWhileBusy<T>(work: () => Promise<T>): Promise<T> {
  const giveUpAt = Date.now() + BUSY_RETRY_FOR_MS;
  for (let wait = 10; ; wait = Math.min(wait * 2, 200)) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || Date.now() > giveUpAt) throw error;
      await sleep(wait * (0.5 + Math.random()));
    }
  }
}
