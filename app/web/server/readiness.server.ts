import type { Db } from "~/ports/db.server";
import type { Log } from "~/ports/log.server";
import { readAppliedMigrations } from "./applied-migrations.sql.server";

type Check = { check: "database" | "migrations"; ok: boolean; says: string };

/** Those that these pages were built with. */
const migrations = Object.keys(
  import.meta.glob("/prisma/migrations/*/migration.sql", { query: "?raw", eager: true }),
).map((path) => path.split("/").at(-2) ?? path);

/**
 * Whether pages can be served: the database answers and has the migrations of this build, all of them and no other. S3 and the model are not
 * asked: without them pages still say what is wrong, and a restart would not bring them back.
 */
export async function readReadiness({ db, log }: { db: Db; log: Log }): Promise<Check[]> {
  try {
    const applied = await readAppliedMigrations(db);
    return [{ check: "database", ok: true, says: "answers" }, compareMigrations(applied)];
  } catch (error) {
    log.error({ err: error }, "Not ready: the database does not answer");
    return [{ check: "database", ok: false, says: "does not answer, or was never migrated: run npm run db:migrate" }];
  }
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
