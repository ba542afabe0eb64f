import { createWriteStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { LARGEST_HELD_BYTES } from "~/features/images/objects/held-objects";
import { readIngestMap } from "~/features/ingest/ingest-map.server";
import type { ReadFile } from "~/features/ingest/stage-ingest.server";
import { startIngest } from "~/features/ingest/start-ingest.server";
import { startReferenceMigration } from "~/features/ingest/start-reference-migration.server";
import { checkInput, inputOptions, openInput } from "./run-script/input";
import { runScript, UsageError, type Values } from "./run-script/run-script";

await runScript({
  usage: `Brings images home: from outside addresses, data: URLs, files and stray keys to keys that say what they are.

  npx tsx scripts/migrate-images.ts (--file F | --stdin | --references) [--map M] [--apply] [--json]

  --references
           what generation records name that is still elsewhere: addresses, and bytes that came with an import of the last
           three days; the records name what was brought home from then on
  --file   a file of NDJSON: a JSON object a line
  --stdin  the same from standard input
  --map    writes NDJSON there, lines of less than 300 characters: for each line of the list its number and what it named (cut
           where it is long), and the key and permanent address it has now with who answers there ("cdn", or "console" behind
           sign-in), or why it has none; of a long key only one of them

A line names its image by one of "url" (https:, http: or data:), "path" (a file, from the list's folder) and "key" (an object
of the bucket), and says where it belongs: "owner" (without one: default), "topic", and "role": hero, supporting, comparison
(with "model"), platform (with "platform", and "name": "og" for its preview picture) or branding (with "name", without a
topic). The same bytes are stored once per owner. What cannot be brought home stays where it is, and the run says why.
Files and data: URLs are put below incoming/ of the bucket while the list is read, also without --apply.`,
  options: { ...inputOptions, references: { type: "boolean" }, map: { type: "string" } },
  async check(values) {
    const { references, file, stdin } = values;
    if (!references) await checkInput(values);
    else if (file !== undefined || stdin)
      throw new UsageError("--references takes no list: leave --file and --stdin out.");
    if (values.map === "") throw new UsageError("--map names no file.");
  },
  start(ports, values, actor) {
    if (values.references) return startReferenceMigration(ports, actor);
    const { file, source, chunks } = openInput(values);
    return startIngest(ports, { chunks, source, readFile: readBelow(file === null ? "." : dirname(file)), actor });
  },
  finish: (ports, run, values) => writeMap(values, readIngestMap(ports, run.id)),
  report: async (_, run) => ({ refused: run.summary?.conflicts?.sample ?? [] }),
});

/** Reads files that a list names, from the folder that it lies in. */
function readBelow(folder: string): ReadFile {
  return async (path) => {
    try {
      const file = resolve(folder, path);
      const found = await stat(file);
      if (!found.isFile()) return { problem: "names no file, but a folder or a device" };
      if (found.size > LARGEST_HELD_BYTES)
        return { problem: `names a file of more than ${LARGEST_HELD_BYTES / 1024 ** 2} MiB` };
      return { bytes: await readFile(file) };
    } catch (error) {
      const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
      return { problem: `names a file that cannot be read${code}` };
    }
  };
}

async function writeMap({ map }: Values, lines: AsyncIterable<string>): Promise<void> {
  if (typeof map === "string") await pipeline(Readable.from(lines), createWriteStream(map));
}
