import { copyFileSync, rmSync } from "node:fs";
import Database from "better-sqlite3";
import { onTestFinished } from "vitest";
import type { Db } from "~/ports/db.server";

/** A database as it is at this moment, while others work with it, to be put back once they are dead. */
export function keepMoment(db: Pick<Db, "$disconnect">, file: string) {
  const kept = `${file}.moment`;
  rmSync(kept, { force: true });
  // A connection of its own: that of the client may be within a transaction.
  const own = new Database(file, { timeout: 60_000 });
  own.prepare("VACUUM INTO ?").run(kept);
  own.close();
  onTestFinished(() => rmSync(kept, { force: true }));
  return {
    /** What a power cut leaves of a database whose last commits were not on the disk; the client opens it by itself. */
    async putBack() {
      await db.$disconnect();
      // Another file: whoever has this one open still, has what is gone.
      for (const part of ["", "-wal", "-shm"]) rmSync(file + part, { force: true });
      copyFileSync(kept, file);
    },
  };
}
