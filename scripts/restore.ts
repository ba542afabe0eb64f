import { judgeBackup, listBackups } from "~/features/backups/list-backups.server";
import { settleRestored } from "~/features/restore/settle-restored.server";
import { systemClock } from "~/ports/clock.server";
import { createDb } from "~/ports/db.server";
import { loadEnv } from "~/ports/env.server";
import { createStorage } from "~/ports/index.server";
import { fileOfDatabase } from "~/ports/sqlite-file/file-of-database";
import { readMigrations } from "~/ports/sqlite-file/migration-files.server";
import { requireFree, requireKnown, restoreFile } from "~/ports/sqlite-file/restore-file.server";
import type { Storage } from "~/ports/storage.server";
import { backupsToJson, backupsToText, type Judged } from "./restore/describe-backups";
import { restoredToJson, restoredToText } from "./restore/describe-restored";
import { withBackup } from "./restore/open-backup";
import { actorOfShell } from "./run-script/actor-of-shell";
import { endWith, UsageError } from "./run-script/end-with";
import { flag, parseOptions } from "./run-script/parse-options";
import { printJson, printText } from "./run-script/print";

const usage = `Restores a backup to where DATABASE_URL says; no database may be there.

  npx tsx scripts/restore.ts BACKUP [--apply] [--json]
  npx tsx scripts/restore.ts --list [--json]

  BACKUP    latest: the newest whole one in the bucket
            a key, backups/…db.gz, or s3://BUCKET/backups/…db.gz
            a file: what scripts/backup.ts made, a .db.gz that was downloaded, or a copy that db:migrate left
  --list    the backups in the bucket, the newest first; S3 is only read
  --apply   do it; without it the backup is checked and tried in a folder beside, of which nothing is left
  --json    print exactly one JSON document on stdout
  --help    this text

The database is brought up to date, and what was under way in it may not go on by itself: runs are paused, plans are
canceled, everyone is signed out, and schedules start no run until someone acknowledges the alert on the overview.
It is prepared in folders beside, DATABASE.restoring-… and DATABASE.backing-up-…; where that was interrupted, remove them.

Exit code: 0 done (without --apply: it can be done), 1 refused, 2 usage.`;

async function main(): Promise<void> {
  const { backup, list, apply, json, help } = readOptions();
  if (help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const startedAt = performance.now();
  const env = loadEnv();
  const storage = createStorage(env);
  if (list) {
    const backups = await judgeEach(storage);
    if (json) printJson(backupsToJson(backups));
    else printText(backupsToText(backups, storage.bucket));
    return;
  }
  const file = fileOfDatabase(env.DATABASE_URL);
  const migrations = readMigrations();
  // Before anything is fetched, which may take long.
  requireFree(file);
  const see = ({ key, manifest }: { key: string; manifest: { schema: string | null } }) =>
    requireKnown(key, manifest.schema === null ? [] : [manifest.schema], migrations);
  const about = await withBackup({ backup, file, storage, signal, see }, async ({ name, path, madeBy }) => {
    const settle = (copy: string) => settleFile(copy, madeBy);
    const restored = await restoreFile({ backup: path, file, apply, settle, migrations, clock: systemClock });
    const seconds = Math.round(performance.now() - startedAt) / 1_000;
    return { backup: name, file, applied: apply, seconds, ...restored };
  });
  if (json) printJson(restoredToJson(about));
  else printText(restoredToText(about));
}

const { signal } = new AbortController();

async function judgeEach(storage: Storage): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const listed of await listBackups({ storage }, signal)) {
    judged.push({ ...listed, judged: await judgeBackup({ storage }, listed, signal) });
  }
  return judged;
}

async function settleFile(file: string, madeBy: number | null) {
  const db = await createDb(`file:${file}`);
  try {
    return await settleRestored({ db, clock: systemClock }, actorOfShell(), madeBy);
  } finally {
    await db.$disconnect();
  }
}

function readOptions() {
  const { values, positionals } = parseOptions({
    options: { list: flag, apply: flag, json: flag, help: flag },
    allowPositionals: true,
  });
  const [backup = "", ...more] = positionals;
  if (values.help) return { ...values, backup };
  if (values.list && (backup !== "" || values.apply)) throw new UsageError("--list takes no BACKUP and no --apply.");
  if (!values.list && (backup === "" || more.length > 0)) throw new UsageError("Give one BACKUP to restore.");
  return { ...values, backup };
}

main().catch(endWith);
