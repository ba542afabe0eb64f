import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { promisify } from "node:util";
import Database from "better-sqlite3";
import { z } from "zod";
import { Refusal } from "./ports.ts";

const migrationNames = z.array(z.string());

/**
 * Brings the database up to date, in a process of its own: the migration engine keeps the file locked until its process
 * ends. A current database is left alone, so that one in use by another process is no trouble.
 * @throws Refusal with what the engine says
 */
export async function migrate(file: string, variables: NodeJS.ProcessEnv): Promise<void> {
  if (isCurrent(file)) return;
  const args = ["--import", "tsx", "scripts/db-migrate.ts"];
  await promisify(execFile)(process.execPath, args, { env: variables }).catch((error: { stderr?: string }) => {
    const said = error.stderr?.trim() ?? "";
    throw new Refusal(
      /SocketTimeout|database is locked/.test(said)
        ? `${file} is in use by another process and must be migrated: stop that process and run this again.`
        : `${file} could not be migrated: ${said}`,
    );
  });
}

function isCurrent(file: string): boolean {
  if (!existsSync(file)) return false;
  const wanted = readdirSync("prisma/migrations", { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const database = new Database(file, { readonly: true });
  try {
    const applied = migrationNames.parse(
      database.prepare("SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL").pluck().all(),
    );
    return wanted.every(({ name }) => applied.includes(name));
  } catch (error) {
    if (error instanceof Database.SqliteError && /no such table/.test(error.message)) return false;
    throw error;
  } finally {
    database.close();
  }
}
