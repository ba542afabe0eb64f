import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { findMissingMigrations } from "~/ports/require-database.server";
import { Refusal } from "./ports";

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

const isCurrent = (file: string) => existsSync(file) && findMissingMigrations(file).length === 0;
