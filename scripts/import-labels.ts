import { basename, relative } from "node:path";
import { removeStagedLabels } from "~/features/labels/travel/import/stage-labels.sql.server";
import { startLabelImport } from "~/features/labels/travel/import/start-import.server";
import { OWN_FILE } from "~/features/labels/travel/own-file";
import { checkInput, inputOptions, openInput } from "./run-script/input";
import { runScript } from "./run-script/run-script";

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
  options: { ...inputOptions, "over-person": { type: "boolean" } },
  check: (values) => checkInput(values, { otherwise: OWN_FILE }),
  start(ports, values, actor) {
    const { file, chunks } = openInput(values, { otherwise: OWN_FILE });
    return startLabelImport(ports, { chunks, source: nameOf(file), overPerson: values["over-person"] === true, actor });
  },
  async report(ports, run) {
    await removeStagedLabels(ports);
    return { refused: run.summary?.conflicts?.sample ?? [] };
  },
});

/** The repository's own file by its path, any other by its name. */
function nameOf(file: string | null): string {
  if (file === null) return "stdin";
  return relative(".", file).replaceAll("\\", "/") === OWN_FILE ? OWN_FILE : basename(file);
}
