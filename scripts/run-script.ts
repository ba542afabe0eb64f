import { userInfo } from "node:os";
import { parseArgs } from "node:util";
import type { Actor } from "../app/features/audit-log/record-event.ts";
import { applyRun } from "../app/features/job-runs/apply-run.server.ts";
import { describeError } from "../app/features/job-runs/describe-error.ts";
import type { Json } from "../app/features/job-runs/handler.ts";
import type { Job } from "../app/features/job-runs/job.ts";
import { type RunView, readRun } from "../app/features/job-runs/read-run.server.ts";
import { workOnRun } from "../app/features/job-runs/worker.server.ts";
import { loadEnv } from "../app/ports/env.server.ts";
import { createPorts, type Ports } from "../app/ports/index.server.ts";

type Options = Record<string, { type: "string" | "boolean"; short?: string; default?: string | boolean }>;

const commonOptions = {
  apply: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} satisfies Options;

export type Values = Record<string, string | boolean | undefined>;

export type Script = {
  /** The whole help text; --apply, --json and --help are explained for it. */
  usage: string;
  /** Options beside --apply, --json and --help, as node:util's parseArgs takes them. */
  options: Options;
  job: Job;
  /** Throw UsageError for an option whose value makes no sense by itself: nothing has been opened or asked yet. */
  check?(values: Values): void | Promise<void>;
  /** Starts the run that the options ask for. Throw UsageError for a value that the database or the bucket do not know. */
  start(ports: Ports, values: Values, actor: Actor): Promise<{ runId: number }>;
  /** A scan: it changes nothing that needs a plan, so it is carried out at once and --apply is not offered. */
  isScan?: boolean;
  /** Further fields of the JSON that --json prints. */
  report?(ports: Ports, run: RunView): Promise<Record<string, Json>>;
};

/** An option that makes no sense: its sentence is printed and the exit code is 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

/**
 * The one form of every script: a dry run that only plans unless --apply; with --json exactly one JSON document on
 * stdout (progress goes to stderr); exit code 0 = all well, 1 = something failed, 2 = usage. Ctrl-C lets items in flight
 * end and leaves a run that a worker carries on.
 */
export async function runScript(script: Script): Promise<void> {
  try {
    process.exitCode = await execute(script);
  } catch (error) {
    process.exitCode = error instanceof UsageError ? 2 : 1;
    process.stderr.write(`${describeError(error).error}\n`);
    if (error instanceof UsageError) process.stderr.write("Try --help.\n");
  }
}

async function execute(script: Script): Promise<number> {
  const values = readOptions(script);
  if (values.help) {
    process.stdout.write(`${script.usage.trim()}\n\n${commonHelp(script)}\n`);
    return 0;
  }
  await script.check?.(values);
  const env = loadEnv();
  const ports = await createPorts({ ...env, LOG_LEVEL: "error" }, { busyTimeoutMs: 1_000 });
  const interrupted = new AbortController();
  process.once("SIGINT", () => interrupted.abort());
  process.once("SIGTERM", () => interrupted.abort());
  try {
    await ports.storage.check({ signal: interrupted.signal });
    const name = userInfo().username;
    const actor = { id: `script:${name}`, name: `${name} (script)` };
    const { runId } = await script.start(ports, values, actor);
    const apply = values.apply === true;
    const run = await carryOut(ports, script, { runId, actor, apply, signal: interrupted.signal });
    const report = (await script.report?.(ports, run)) ?? {};
    if (values.json) process.stdout.write(`${JSON.stringify({ ...toJson(run), ...report })}\n`);
    else process.stdout.write(`${toText(run, script)}\n`);
    return run.failed > 0 || run.status === "failed" ? 1 : 0;
  } finally {
    await ports.db.$disconnect();
  }
}

function readOptions(script: Script): Values {
  try {
    const options: Options = { ...script.options, ...commonOptions };
    const values: Values = {};
    for (const [name, value] of Object.entries(parseArgs({ options }).values)) {
      if (!Array.isArray(value)) values[name] = value;
    }
    if (script.isScan && values.apply) throw new UsageError("This script changes nothing, so it has no --apply.");
    return values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

async function carryOut(
  ports: Ports,
  script: Script,
  { runId, actor, apply, signal }: { runId: number; actor: Actor; apply: boolean; signal: AbortSignal },
): Promise<RunView> {
  const progress = showProgress(ports, runId);
  try {
    await workOnRun(ports, script.job, runId, signal);
    const planned = await readRunOrThrow(ports, runId);
    if (apply && planned.status === "planned" && planned.planHash && !signal.aborted) {
      await applyRun(ports, { runId, actor, planHash: planned.planHash });
      await workOnRun(ports, script.job, runId, signal);
    }
  } finally {
    await progress.stop();
  }
  return readRunOrThrow(ports, runId);
}

async function readRunOrThrow(ports: Ports, runId: number): Promise<RunView> {
  const run = await readRun(ports, runId);
  if (!run) throw new Error(`Run ${runId} is gone from the database.`);
  return run;
}

/** A bar on a terminal; nothing where nobody watches. */
function showProgress(ports: Ports, runId: number) {
  const out = process.stderr;
  const draw = async () => {
    const run = await readRun(ports, runId);
    if (!run) return;
    const share = run.planned ? run.done / run.planned : 0;
    const bar = "█".repeat(Math.round(share * 24)).padEnd(24, "░");
    const eta = run.etaSeconds === null ? "" : ` · ${Math.ceil(run.etaSeconds)} s left`;
    const text = run.status === "planning" ? "planning…" : `${bar} ${run.done} of ${run.planned}${eta}`;
    out.write(`\r\u001b[2K${run.title} · ${text}${run.failed ? ` · ${run.failed} failed` : ""}`);
  };
  if (!out.isTTY) return { stop: async () => {} };
  const timer = setInterval(() => void draw().catch(() => {}), 250);
  return {
    stop: async () => {
      clearInterval(timer);
      await draw();
      out.write("\n");
    },
  };
}

const toJson = (run: RunView): Record<string, Json> => ({
  runId: run.id,
  kind: run.kind,
  status: run.status,
  planned: run.planned,
  succeeded: run.succeeded,
  failed: run.failed,
  skipped: run.skipped,
  seconds: Math.round((run.seconds ?? 0) * 100) / 100,
  ...(run.error === null ? {} : { error: run.error }),
});

function toText(run: RunView, script: Script): string {
  const lines = [`Run ${run.id}: ${run.title}, ${run.status}`];
  for (const { label, value } of run.summary?.facts ?? []) lines.push(`  ${label}: ${value}`);
  if (run.status === "planned") {
    lines.push(`${run.planned} items planned. Nothing has changed; add --apply to carry it out.`);
    return lines.join("\n");
  }
  lines.push(`  ${run.succeeded} succeeded, ${run.failed} failed, ${run.skipped} skipped of ${run.planned}`);
  for (const { errorClass, count, sample } of run.failures) lines.push(`  ${errorClass} (${count}): ${sample}`);
  if (run.error) lines.push(`  ${run.error}`);
  if (run.status === "pending" || run.status === "running" || run.status === "planning") {
    lines.push(`Interrupted. Run ${run.id} goes on where it stopped when a worker runs (npm run worker).`);
  }
  if (script.isScan && run.failed) lines.push("What failed was left as it was before.");
  return lines.join("\n");
}

const commonHelp = (script: Script) =>
  [
    ...(script.isScan ? [] : ["  --apply   carry the plan out; without it nothing changes"]),
    "  --json    print exactly one JSON document on stdout",
    "  --help    this text",
    "",
    "Exit code: 0 all well, 1 something failed, 2 usage.",
  ].join("\n");
