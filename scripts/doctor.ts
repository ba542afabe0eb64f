import { listApiTokens } from "~/features/api-tokens/list-api-tokens.server";
import { isKnownError } from "~/features/known-error";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { checkOwnFile } from "~/features/labels/travel/check/own-file-check.server";
import { judgeDisk } from "~/features/monitoring/checks/disk.server";
import { type AbilityLine, explainAbilities } from "~/features/storage/explain-abilities";
import { probeAbilities } from "~/features/storage/probe/probe-abilities.server";
import { probeStore } from "~/features/storage/read-abilities.server";
import { type Env, loadEnv } from "~/ports/env.server";
import { createOuterPorts, createPorts, createStorage, DatabaseNotReady, type Ports } from "~/ports/index.server";
import { quoteKey } from "~/quote";
import { checkAssets } from "./doctor/check-assets";
import { checkPrices } from "./doctor/check-prices";
import { bad, checkServices, good, lineOf } from "./doctor/check-services";
import { checkUploads } from "./doctor/check-uploads";
import { explainOwnFile } from "./doctor/explain-own-file";
import { explainRoots, rootsTried } from "./doctor/explain-roots";
import { explainTokens } from "./doctor/explain-tokens";
import { linesToText } from "./doctor/lines-to-text";
import { endWith } from "./run-script/end-with";
import { flag, parseOptions } from "./run-script/parse-options";
import { printJson, printText } from "./run-script/print";

const usage = `Checks what the console depends on (environment, database, disk, labels/personas.json, API tokens, the bucket, the CDN, storage
prices, Gemini, Google, the clock) and says what to do.

  npx tsx scripts/doctor.ts [--send-test-message] [--json]

The bucket is probed each time, with a few small objects below trash/diffs-ops-probe/ that are deleted again; nothing
else in it is touched. What the probe saw is kept, as after “Probe again” on the overview.

  --send-test-message  send the webhook of ALERT_WEBHOOK_URL a message; without it a connection is opened, and nothing sent
  --json               print exactly one JSON document on stdout
  --help               this text

Exit code: 0 all is well, 1 something needs to be done, 2 usage.`;

async function main(): Promise<number> {
  const options = parseOptions({ options: { "send-test-message": flag, json: flag, help: flag } }).values;
  if (options.help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const startedAt = performance.now();
  const env = loadEnv();
  const { bucket, endpoint } = createStorage(env);
  process.stderr.write(options.json ? "" : `Probing the bucket ${quoteKey(bucket)} at ${endpoint} …\n`);
  const lines = await checkAll(env, { sendsTest: options["send-test-message"] === true });
  const ok = lines.every(({ todo }) => todo === null);
  const seconds = Math.round(performance.now() - startedAt) / 1_000;
  if (options.json) printJson({ ok, bucket, endpoint, checks: lines, seconds });
  else printText(linesToText(lines));
  return ok ? 0 : 1;
}

async function checkAll(env: Env, options: { sendsTest: boolean }): Promise<AbilityLine[]> {
  const outer = createOuterPorts(quietly(env));
  const [local, prices, services] = await Promise.all([
    checkLocally(env),
    checkPrices(outer),
    checkServices(outer, options),
  ]);
  return [environment, ...local, ...prices, ...services];
}

const environment = good({ name: "Environment", tried: "Read the variables" }, "All are there");

/** Only what is wrong with the process itself is worth a line of the log beside the report. */
const quietly = (env: Env): Env => ({ ...env, LOG_LEVEL: "error" });

/** The database with its disk and labels, and the bucket. */
async function checkLocally(env: Env): Promise<AbilityLine[]> {
  const ports = await openPorts(env);
  try {
    const abilities =
      "db" in ports ? await probeStore(ports) : await probeAbilities(createStorage(env), new AbortController().signal);
    const assets = "db" in ports ? [await checkAssets(ports)] : [];
    const bucket = [...explainAbilities(abilities), await checkUploads(env), ...assets, ...(await checkRoots(env))];
    return [...(await checkDatabase(ports, env)), canConnect, ...bucket];
  } catch (error) {
    if (!isKnownError(error, "StorageError")) throw error;
    return [...(await checkDatabase(ports, env)), cannotConnect(error.message)];
  } finally {
    if ("db" in ports) await ports.db.$disconnect();
  }
}

/** Whether the database is ready, and if so what it has: room, the labels of the repository, tokens of programs. */
const checkDatabase = async (ports: Awaited<ReturnType<typeof openPorts>>, env: Env): Promise<AbilityLine[]> =>
  "db" in ports
    ? [
        databaseIsReady,
        lineOf(room, judgeDisk(await ports.machine.measureFile(ports.db))),
        await checkLabels(ports),
        await checkTokens(ports, env),
      ]
    : [ports];

const room = { name: "Disk", tried: "Measure the room that the database has" };

const checkLabels = async ({ db }: Pick<Ports, "db">) => explainOwnFile(await checkOwnFile(db));

/** Which references a CDN would show; a line only where there is something to do. */
async function checkRoots({ PUBLIC_ASSET_BASE_URL: base }: Env): Promise<AbilityLine[]> {
  if (base === undefined) return [];
  try {
    return explainRoots((await loadLabelSchema()).roots);
  } catch (error) {
    if (!isKnownError(error, "DomainError")) throw error;
    return [bad(rootsTried, error.message, null, "Follow the sentence above, then run this again.")];
  }
}

/** Which programs may ask the API; that none may is no fault. */
async function checkTokens(ports: Ports, env: Env): Promise<AbilityLine> {
  const tokens = await listApiTokens(ports, { hasEnvironmentToken: env.REFERENCE_TOKEN !== undefined });
  return explainTokens(tokens);
}

/** The ports, or the line that says why the database is not ready. */
async function openPorts(env: Env) {
  try {
    return await createPorts(quietly(env), { busyTimeoutMs: 1_000 });
  } catch (error) {
    if (!(error instanceof DatabaseNotReady)) throw error;
    const means = "The console does not start. What the store does is not kept.";
    return {
      ...database,
      does: error.message,
      means,
      todo: "Follow the sentence above, then run this again.",
      tone: "bad",
    } satisfies AbilityLine;
  }
}

const database = { name: "Database", tried: "Open it" };
const databaseIsReady = good(database, "Is ready, with every migration");

const connection = { name: "Connection", tried: "Reach the bucket with these credentials" };
const canConnect = good(connection, "Answers");
const cannotConnect = (does: string): AbilityLine => {
  const todo = "Follow the sentence above, then run this again.";
  return { ...connection, does, means: "Nothing else could be tried.", todo, tone: "bad" };
};

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => endWith(error),
);
