import { checks } from "~/features/monitoring/checks/registry.server";
import { readMonitoring } from "~/features/monitoring/views/read-monitoring.server";
import { loadEnv } from "~/ports/env.server";
import { checksToJson, checksToText } from "./checks/describe-checks";
import { endWith, UsageError } from "./run-script/end-with";
import { flag, parseOptions } from "./run-script/parse-options";
import { printJson, printText } from "./run-script/print";
import { withPorts } from "./run-script/with-ports";

const usage = `Says what the checks of the page Monitoring last found: verdict, number, since when, and what to do. It changes nothing,
and measures nothing: a worker does so every half hour.

  npx tsx scripts/checks.ts [--days N] [--json]

  --days N  with --json: what was measured over so many days as well (120 points at the most)
  --json    print exactly one JSON document on stdout
  --help    this text

Exit code: 0 read, 1 it could not be read, 2 usage.`;

async function main(): Promise<void> {
  const { help, json, days } = readOptions();
  if (help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const monitoring = await withPorts(loadEnv(), (ports) => readMonitoring(ports, checks, { days: days ?? 1 }));
  if (json) printJson(checksToJson(monitoring, { hasPoints: days !== null }));
  else printText(checksToText(monitoring));
}

function readOptions() {
  const { values } = parseOptions({ options: { days: { type: "string" }, json: flag, help: flag } });
  if (values.days !== undefined && !/^[1-9]\d{0,3}$/.test(values.days)) {
    throw new UsageError("--days takes a number of days, from 1 to 9999.");
  }
  if (values.days !== undefined && !values.json) throw new UsageError("--days works only with --json.");
  return { ...values, days: values.days === undefined ? null : Number(values.days) };
}

main().catch(endWith);
