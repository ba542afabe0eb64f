import { settleRestored } from "~/features/restore/settle-restored.server";
import { systemClock } from "~/ports/clock.server";
import { createDb } from "~/ports/db.server";
import { loadEnv } from "~/ports/env.server";
import { fileOfDatabase } from "~/ports/sqlite-file/file-of-database";
import { readMigrations } from "~/ports/sqlite-file/migration-files.server";
import { restoreFile } from "~/ports/sqlite-file/restore-file.server";
import { restoredToJson, restoredToText } from "./restore/describe-restored";
import { actorOfShell } from "./run-script/actor-of-shell";
import { endWith, UsageError } from "./run-script/end-with";
import { flag, parseOptions } from "./run-script/parse-options";
import { printJson, printText } from "./run-script/print";

const usage = `Restores a backup to where DATABASE_URL says; no database may be there.

  npx tsx scripts/restore.ts BACKUP [--apply] [--json]

  BACKUP    a file that scripts/backup.ts made, or a copy that db:migrate left beside the database
  --apply   do it; without it the backup is checked and tried in a folder beside, of which nothing is left
  --json    print exactly one JSON document on stdout
  --help    this text

The database is brought up to date, and what was under way in it may not go on by itself: runs are paused, plans are
canceled, everyone is signed out, and schedules start no run until someone acknowledges the alert on the overview.
It is prepared in a folder beside, DATABASE.restoring-…; where that was interrupted, remove the folder and run this again.

Exit code: 0 done (without --apply: it can be done), 1 refused, 2 usage.`;

async function main(): Promise<void> {
  const { backup, apply, json, help } = readOptions();
  if (help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const startedAt = performance.now();
  const file = fileOfDatabase(loadEnv().DATABASE_URL);
  const restored = await restoreFile({
    ...{ backup, file, apply, settle },
    migrations: readMigrations(),
    clock: systemClock,
  });
  const seconds = Math.round(performance.now() - startedAt) / 1_000;
  const about = { backup, file, applied: apply, seconds, ...restored };
  if (json) printJson(restoredToJson(about));
  else printText(restoredToText(about));
}

async function settle(file: string) {
  const db = await createDb(`file:${file}`);
  try {
    return await settleRestored({ db, clock: systemClock }, actorOfShell());
  } finally {
    await db.$disconnect();
  }
}

function readOptions() {
  const { values, positionals } = parseOptions({
    options: { apply: flag, json: flag, help: flag },
    allowPositionals: true,
  });
  const [backup = "", ...more] = positionals;
  if (!values.help && (backup === "" || more.length > 0)) throw new UsageError("Give one BACKUP to restore.");
  return { ...values, backup };
}

main().catch(endWith);
