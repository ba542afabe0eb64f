import { backedUp, backUpDatabase } from "~/features/backups/back-up-database";
import { bytes } from "~/features/format";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { parseJson } from "~/features/json-column";
import { loadEnv } from "~/ports/env.server";
import { backUpFile } from "~/ports/sqlite-file/back-up-file.server";
import { fileOfDatabase } from "~/ports/sqlite-file/file-of-database";
import { endWith, UsageError } from "./run-script/end-with";
import { flag, parseOptions } from "./run-script/parse-options";
import { printJson, printText } from "./run-script/print";
import { runScript } from "./run-script/run-script";

const usage = `Backs the database up, also while web, workers and scripts work with it.

  npx tsx scripts/backup.ts FILE [--json]
  npx tsx scripts/backup.ts --to-bucket [--json]

  FILE         where to; nothing may be there
  --to-bucket  below backups/ of the bucket, compressed and read back; old ones go, as when a worker does it each night
  --json       print exactly one JSON document on stdout
  --help       this text

FILE is the database as it was at one moment, checked, on the disk before it has its name, and readable by you alone. It
holds everything but the bucket's objects and sign-ins: addresses of people and labels too. scripts/restore.ts puts it back.
The copy first grows beside, as FILE.partial; where that was interrupted, the next backup to FILE removes it.

Exit code: 0 done, 1 not done, 2 usage.`;

async function main(): Promise<void> {
  const { to, json, help, "to-bucket": toBucket } = readOptions();
  if (help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  if (toBucket) return backUpToBucket();
  const startedAt = performance.now();
  const file = fileOfDatabase(loadEnv().DATABASE_URL);
  const made = backUpFile(file, to);
  const seconds = Math.round(performance.now() - startedAt) / 1_000;
  if (json) printJson({ database: file, backup: to, ...made, seconds });
  else printText(`Backed up ${file} to ${to}: ${bytes(made.bytes)}, checked.`);
}

const backUpToBucket = () =>
  runScript({
    usage,
    options: { "to-bucket": flag },
    isScan: true,
    start: (ports, _values, actor) => startRun(ports, backUpDatabase, { payload: {}, actor, autoApply: true }),
    async report({ db }, { id: runId }) {
      const made = await db.jobItem.findFirst({ where: { runId, subject: "backup" }, select: { after: true } });
      return { backup: backedUp.safeParse(parseJson(made?.after ?? null)).data ?? null };
    },
  });

function readOptions() {
  const options = { "to-bucket": flag, json: flag, help: flag };
  const { values, positionals } = parseOptions({ options, allowPositionals: true });
  const [to = "", ...more] = positionals;
  if (values.help) return { ...values, to };
  if (values["to-bucket"] && to !== "") throw new UsageError("Give a FILE or --to-bucket, not both.");
  if (!values["to-bucket"] && (to === "" || more.length > 0)) throw new UsageError("Give one FILE to back up to.");
  return { ...values, to };
}

main().catch(endWith);
