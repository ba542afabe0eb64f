import { bytes } from "~/features/format";
import { loadEnv } from "~/ports/env.server";
import { backUpFile } from "~/ports/sqlite-file/back-up-file.server";
import { fileOfDatabase } from "~/ports/sqlite-file/file-of-database";
import { endWith, UsageError } from "./run-script/end-with";
import { flag, parseOptions } from "./run-script/parse-options";
import { printJson, printText } from "./run-script/print";

const usage = `Backs the database up, also while web, workers and scripts work with it.

  npx tsx scripts/backup.ts FILE [--json]

  FILE      where to; nothing may be there
  --json    print exactly one JSON document on stdout
  --help    this text

FILE is the database as it was at one moment, checked, on the disk before it has its name, and readable by you alone. It
holds everything but the bucket's objects: addresses of people, sessions and labels too. scripts/restore.ts puts it back.
The copy first grows beside, as FILE.partial; where that was interrupted, the next backup to FILE removes it.

Exit code: 0 done, 1 not done, 2 usage.`;

async function main(): Promise<void> {
  const { to, json, help } = readOptions();
  if (help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const startedAt = performance.now();
  const file = fileOfDatabase(loadEnv().DATABASE_URL);
  const made = backUpFile(file, to);
  const seconds = Math.round(performance.now() - startedAt) / 1_000;
  if (json) printJson({ database: file, backup: to, ...made, seconds });
  else printText(`Backed up ${file} to ${to}: ${bytes(made.bytes)}, checked.`);
}

function readOptions() {
  const { values, positionals } = parseOptions({ options: { json: flag, help: flag }, allowPositionals: true });
  const [to = "", ...more] = positionals;
  if (!values.help && (to === "" || more.length > 0)) throw new UsageError("Give one FILE to back up to.");
  return { ...values, to };
}

main().catch(endWith);
