import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";

const FOLDER = new URL("../../../prisma/migrations/", import.meta.url);

/** `checksum` as Prisma has it: SHA-256 of the file, in hexadecimal. `formerly`: those of texts of before, to the same effect. */
export type Migration = { name: string; sql: string; checksum: string; formerly?: string[] };

/** A migration that is too slow is written again; who applied it as it was before has lost nothing, and is told nothing. */
const FORMERLY = /^-- To the same effect it was once: ([0-9a-f]{64})$/gm;

/** The names of this build's migrations, in the order in which they are applied. */
export const listMigrations = (): string[] =>
  readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

/** This build's migrations, in the order in which they are applied. */
export const readMigrations = (): Migration[] =>
  listMigrations().map((name) => {
    const sql = readFileSync(new URL(`${name}/migration.sql`, FOLDER), "utf8");
    const formerly = Array.from(sql.matchAll(FORMERLY), ([, checksum = ""]) => checksum);
    return { name, sql, checksum: createHash("sha256").update(sql).digest("hex"), formerly };
  });

/**
 * Why a build does not work with a database, in one sentence with what to do; null where their migrations are the same.
 * A newer database comes first: to migrate is no help there.
 */
export function explainSchema(file: string, own: readonly string[], applied: readonly string[]): string | null {
  const unknown = applied.filter((name) => !own.includes(name));
  if (unknown.length > 0) {
    return `The database at ${file} was migrated by another version of Diffs Ops (${unknown.join(", ")}), which this one does not know: start that version.`;
  }
  const missing = own.filter((name) => !applied.includes(name));
  return missing.length > 0 ? `The database at ${file} lacks ${missing.join(", ")}: run npm run db:migrate.` : null;
}
