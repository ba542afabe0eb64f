import { countImport } from "~/features/generations/import/count-import.sql.server";
import { type KeepPayload, removeStagedRecords } from "~/features/generations/import/stage-import.sql.server";
import { startImport } from "~/features/generations/import/start-import.server";
import { keepIncoming } from "~/features/storage/keep-incoming.server";
import { checkInput, inputOptions, openInput } from "./run-script/input";
import { runScript } from "./run-script/run-script";

await runScript({
  usage: `Imports the image agent's history: how each image came to be.

  npx tsx scripts/import-generations.ts (--file F | --stdin) [--apply] [--json]

  --file   a file of NDJSON: a JSON object a line
  --stdin  the same from standard input

A record has: id, prompt, createdAt (ISO, or seconds or milliseconds since 1970); and as far as is known owner, model, mode,
finishReason, image and references. An image is a key, an address, a path of some machine or a data: URL, or an object
with "key", "url" or "path" and "sha256" or "etag". Images are found by key, by file name, then by bytes; records whose
image is not found are kept, and found once the same file is imported again. Bytes of data: URLs that no image has wait below incoming/
of the bucket for three days, until scripts/migrate-images.ts --references brings them home.`,
  options: inputOptions,
  check: checkInput,
  start(ports, values, actor) {
    const { source, chunks } = openInput(values);
    const keep: KeepPayload = (payload) => keepIncoming(ports, payload);
    return startImport(ports, { chunks, source, keep, actor });
  },
  async report(ports, run) {
    await removeStagedRecords(ports);
    return { ...(await countImport(ports.db, run.id)), refused: run.summary?.conflicts?.sample ?? [] };
  },
});
