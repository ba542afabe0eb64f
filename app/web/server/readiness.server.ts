import { readLastSeen } from "~/features/clock-watch/read-last-seen.server";
import { duration } from "~/features/format";
import { isSilent } from "~/features/monitoring/checks/worker.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import type { Log } from "~/ports/log.server";
import { readAppliedMigrations } from "./applied-migrations.sql.server";

type Check = { check: "database" | "migrations" | "worker"; ok: boolean; says: string };

/** Those that these pages were built with. */
const migrations = Object.keys(
  import.meta.glob("/prisma/migrations/*/migration.sql", { query: "?raw", eager: true }),
).map((path) => path.split("/").at(-2) ?? path);

/**
 * Whether the console can do its work: the database answers and has the migrations of this build, all of them and no other, and a
 * worker lives. S3 and the model are not asked: without them pages still say what is wrong, and a restart would not bring them back.
 */
export async function readReadiness({ db, clock, log }: { db: Db; clock: Clock; log: Log }): Promise<Check[]> {
  try {
    const applied = await readAppliedMigrations(db);
    const migrated = compareMigrations(applied);
    const answers: Check = { check: "database", ok: true, says: "answers" };
    // Another version may keep the time of its workers elsewhere.
    return migrated.ok ? [answers, migrated, await lookForWorker({ db, clock })] : [answers, migrated];
  } catch (error) {
    log.error({ err: error }, "Not ready: the database does not answer");
    return [{ check: "database", ok: false, says: "does not answer, or was never migrated: run npm run db:migrate" }];
  }
}

/** None that was ever seen is none that is gone: a new console's web process may well start first. */
async function lookForWorker({ db, clock }: { db: Db; clock: Clock }): Promise<Check> {
  const seenAt = await readLastSeen(db);
  if (seenAt === null) return { check: "worker", ok: true, says: "was never seen yet: run npm run worker" };
  const ago = duration(Math.max((clock.now().getTime() - seenAt.getTime()) / 1_000, 0));
  return isSilent(seenAt, clock.now())
    ? { check: "worker", ok: false, says: `was last seen ${ago} ago: run npm run worker; its log says why it ended` }
    : { check: "worker", ok: true, says: `was last seen ${ago} ago` };
}

function compareMigrations(applied: Set<string>): Check {
  const unknown = [...applied].filter((name) => !migrations.includes(name));
  const missing = migrations.filter((name) => !applied.has(name));
  const says =
    unknown.length > 0
      ? `of another version: ${unknown.join(", ")}; start that version`
      : missing.length > 0
        ? `not applied: ${missing.join(", ")}; run npm run db:migrate`
        : "all applied";
  return { check: "migrations", ok: unknown.length + missing.length === 0, says };
}
