import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { readLabeling } from "~/features/labeling/views/read-labeling.server";
import { loadEnv } from "~/ports/env.server";
import { progressToJson, progressToText } from "./progress/describe-progress";
import { endWith, UsageError } from "./run-script/end-with";
import { flag, parseOptions } from "./run-script/parse-options";
import { printJson, printText } from "./run-script/print";
import { withPorts } from "./run-script/with-ports";

const usage = `Says how labeling gets on: label runs under way (or the last one), their pace, time left, tokens, dollars and outcomes,
and how many images have accepted labels. It changes nothing.

  npx tsx scripts/progress.ts [RUN] [--json]

  RUN       one label run, by its number; without it all that are under way, or the last one where none is
  --json    print exactly one JSON document on stdout
  --help    this text

The pace is that of the last minute of work; idle time (paused, no worker) does not count.
Exit code: 0 read, 1 it could not be read, 2 usage.`;

async function main(): Promise<void> {
  const { run, json, help } = readOptions();
  if (help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const labeling = await withPorts(loadEnv(), async (ports) => {
    const attributes = Object.keys((await loadLabelSchema()).attributes);
    return readLabeling(ports, { runId: run, attributes });
  });
  if (json) printJson(progressToJson(labeling));
  else printText(progressToText(labeling));
}

function readOptions() {
  const { values, positionals } = parseOptions({ options: { json: flag, help: flag }, allowPositionals: true });
  const [run, ...more] = positionals;
  if (more.length > 0 || (run !== undefined && !/^\d{1,15}$/.test(run))) {
    throw new UsageError("Give one label run at most, by its number.");
  }
  return { ...values, run: run === undefined ? null : Number(run) };
}

main().catch(endWith);
