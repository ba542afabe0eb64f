import { parseArgs } from "node:util";
import { describeError } from "~/features/known-error";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { readLabeling } from "~/features/labeling/views/read-labeling.server";
import { loadEnv } from "~/ports/env.server";
import { createPorts } from "~/ports/index.server";
import { progressToJson, progressToText } from "./progress/describe-progress";
import { endWith, UsageError } from "./run-script/end-with";
import { printJson, printText } from "./run-script/print";

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
  const ports = await createPorts({ ...loadEnv(), LOG_LEVEL: "error" }, { busyTimeoutMs: 1_000 });
  try {
    const attributes = Object.keys((await loadLabelSchema()).attributes);
    const labeling = await readLabeling(ports, { runId: run, attributes });
    if (json) printJson(progressToJson(labeling));
    else printText(progressToText(labeling));
  } finally {
    await ports.db.$disconnect();
  }
}

function readOptions() {
  const boolean = { type: "boolean", default: false } as const;
  const { values, positionals } = parse(() =>
    parseArgs({ options: { json: boolean, help: boolean }, allowPositionals: true }),
  );
  const [run, ...more] = positionals;
  if (more.length > 0 || (run !== undefined && !/^\d{1,15}$/.test(run))) {
    throw new UsageError("Give one label run at most, by its number.");
  }
  return { ...values, run: run === undefined ? null : Number(run) };
}

function parse<Parsed>(read: () => Parsed): Parsed {
  try {
    return read();
  } catch (error) {
    throw new UsageError(describeError(error).error);
  }
}

main().catch(endWith);
