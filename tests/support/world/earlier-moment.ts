import { copyFileSync, rmSync } from "node:fs";
import { onTestFinished } from "vitest";
import type { Db } from "~/ports/db.server";

/** A database as it is at this moment, also while others write to it, to be put back once they are dead. */
export async function keepMoment(db: Db & { file: string }) {
  const kept = `${db.file}.moment`;
  rmSync(kept, { force: true });
  await db.$executeRawUnsafe("VACUUM INTO ?", kept);
  onTestFinished(() => rmSync(kept, { force: true }));
  return {
    /** What a power cut leaves of a database whose last commits were not on the disk; the client opens it by itself. */
    async putBack() {
      await db.$disconnect();
      for (const part of ["-wal", "-shm"]) rmSync(db.file + part, { force: true });
      copyFileSync(kept, db.file);
    },
  };
}
