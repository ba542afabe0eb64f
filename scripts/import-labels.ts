import { createReadStream } from "node:fs";
import { access, constants } from "node:fs/promises";
import { basename, relative } from "node:path";
import { removeStagedLabels } from "~/features/labels/travel/import/stage-labels.sql.server";
import { startLabelImport } from "~/features/labels/travel/import/start-import.server";
import { OWN_FILE } from "~/features/labels/travel/own-file";
import { runScript, UsageError, type Values } from "./run-script/run-script";

await runScript({
  usage: `Imports labels from a file: ${OWN_FILE}, which every server starts from, or one of another tool.

  npx tsx scripts/import-labels.ts [--file F | --stdin] [--over-person] [--apply] [--json]

  --file         the file (default: ${OWN_FILE})
  --stdin        the same from standard input
  --over-person  also replace labels that a person set here to another value; without it they stay, and the plan lists them

What a file is, its beginning tells: a file that export-labels.ts wrote; metadata.jsonl or metadata.csv of a folder of images (Hugging
Face: file_name and a column an attribute); Label Studio's JSON, JSON-MIN or CSV. Images are found by key, by a key that they had, and
in files of other tools by file name. Attributes and values are those of labels/schema.json; a line that has others is named in the plan
and the rest goes in.`,
  options: { file: { type: "string" }, stdin: { type: "boolean" }, "over-person": { type: "boolean" } },
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
    return startLabelImport(ports, { chunks, source: nameOf(file), overPerson: values["over-person"] === true, actor });
  },
  async report(ports, run) {
    await removeStagedLabels(ports);
    return { refused: run.summary?.conflicts?.sample ?? [] };
  },
});

/** The file; null for standard input. */
function readArguments({ file, stdin }: Values): string | null {
  if (file !== undefined && stdin) throw new UsageError("Say what to import: --file F or --stdin, not both.");
  if (file === "") throw new UsageError("--file names no file.");
  if (stdin) return null;
  return typeof file === "string" ? file : OWN_FILE;
}

/** The repository's own file by its path, any other by its name. */
function nameOf(file: string | null): string {
  if (file === null) return "stdin";
  return relative(".", file).replaceAll("\\", "/") === OWN_FILE ? OWN_FILE : basename(file);
}
