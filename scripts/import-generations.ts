import { createReadStream } from "node:fs";
import { access, constants } from "node:fs/promises";
import { basename } from "node:path";
import { countImport } from "~/features/generations/import/count-import.sql.server";
import { removeStagedRecords } from "~/features/generations/import/stage-import.sql.server";
import { startImport } from "~/features/generations/import/start-import.server";
import { runScript, UsageError, type Values } from "./run-script/run-script";

await runScript({
  usage: `Imports the image agent's history: how each image came to be.

  npx tsx scripts/import-generations.ts (--file F | --stdin) [--apply] [--json]

  --file   a file of NDJSON: a JSON object a line
  --stdin  the same from standard input

A record has: id, prompt, createdAt (ISO, or seconds or milliseconds since 1970); and as far as is known owner, model, mode,
finishReason, image and references. An image is a key, an address, a path of some machine or a data: URL, or an object
with "key", "url" or "path" and "sha256" or "etag". Images are found by key, by file name, then by bytes; records whose
image is not found are kept, and found once the same file is imported again.`,
  options: { file: { type: "string" }, stdin: { type: "boolean" } },
  async check(values) {
    const file = readArguments(values);
    if (file === null) return;
    await access(file, constants.R_OK).catch(() => {
      throw new UsageError(`--file ${file} cannot be read.`);
    });
  },
  start(ports, values, actor) {
    const file = readArguments(values);
    const chunks = file === null ? process.stdin : createReadStream(file);
    return startImport(ports, { chunks, source: file === null ? "stdin" : basename(file), actor });
  },
  async report(ports, run) {
    await removeStagedRecords(ports);
    return { ...(await countImport(ports.db, run.id)), refused: run.summary?.conflicts?.sample ?? [] };
  },
});

/** The file; null for standard input. */
function readArguments({ file, stdin }: Values): string | null {
  if ((file === undefined) === !stdin) throw new UsageError("Say what to import: one of --file F and --stdin.");
  if (file === "") throw new UsageError("--file names no file.");
  return typeof file === "string" ? file : null;
}
