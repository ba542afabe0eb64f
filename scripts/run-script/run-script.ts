import { constants } from "node:os";
import type { Actor } from "~/features/audit-log/record-event";
import { jobKinds } from "~/features/job-kinds.server";
import { applyRun } from "~/features/job-runs/commands/apply-run.server";
import { workOnRun } from "~/features/job-runs/engine/worker.server";
import { requireJob } from "~/features/job-runs/kinds/job";
import { readRun } from "~/features/job-runs/views/read-run.server";
import type { RunDetails } from "~/features/job-runs/views/run-view";
import type { Json } from "~/features/json-column";
import { loadEnv } from "~/ports/env.server";
import type { Ports } from "~/ports/index.server";
import { actorOfShell } from "./actor-of-shell";
import { runToJson, runToText } from "./describe-run";
import { endWith, UsageError } from "./end-with";
import { flag, parseOptions } from "./parse-options";
import { printJson, printText } from "./print";
import { showProgress } from "./show-progress";
import { withPorts } from "./with-ports";

export { UsageError };

type Options = Record<string, { type: "string" | "boolean"; short?: string; default?: string | boolean }>;

const commonOptions = {
  apply: flag,
  "accept-risk": flag,
  json: flag,
  help: flag,
} satisfies Options;

export type Values = Record<string, string | boolean | string[] | undefined>;

/** A run to carry out; with `planOnly` it stays a plan, --apply or not. */
export type Started = { runId: number; planOnly?: boolean };

export type Script = {
  /** The whole help text; --apply, --json and --help are explained for it. */
  usage: string;
  /** Options beside --apply, --json and --help, as node:util's parseArgs takes them. */
  options: Options;
  /**
   * What the arguments beside the options are called: ["RUN"]. Their values are among `values` by these names. A last one
   * that ends in “…” takes all that are left, none as well; its value is a list: ["KIND", "KEY…"] → KIND, KEY.
   */
  arguments?: readonly string[];
  /** Throw UsageError for an option whose value makes no sense by itself: nothing has been opened or asked yet. */
  check?(values: Values): void | Promise<void>;
  /**
   * Starts the run that the options ask for, or yields several one by one: each is started once the one before it is carried out, and
   * --json then prints `{"runs": [...]}`. Throw UsageError for a value that the database or the bucket do not know.
   */
  start(ports: Ports, values: Values, actor: Actor): Promise<Started> | AsyncIterable<Started>;
  /** What it says where it has no run to start. */
  nothing?: string;
  /** A scan: it changes nothing that needs a plan, so it is carried out at once and --apply is not offered. */
  isScan?: boolean;
  /** Further fields of the JSON that --json prints. */
  report?(ports: Ports, run: RunDetails): Promise<Record<string, Json>>;
  /** What it writes beside what it prints, once the run is planned or carried out, --json or not. */
  finish?(ports: Ports, run: RunDetails, values: Values): Promise<void>;
};

/**
 * The one form of every script: a dry run that only plans unless --apply; with --json exactly one JSON document on
 * stdout (progress goes to stderr); exit code 0 = all that was asked for is done, 1 = something failed or is not done,
 * 2 = usage, 130 and 143 = stopped by Ctrl-C or SIGTERM. These let items in flight end and leave a run that a worker
 * carries on.
 */
export async function runScript(script: Script): Promise<void> {
  const interruption = listenForInterruption();
  try {
    process.exitCode = await execute(script, interruption);
  } catch (error) {
    const code = interruption.exitCode();
    if (code === null) endWith(error);
    else endWith("Interrupted.", code);
  }
}

/** The first Ctrl-C or SIGTERM; the second ends the process as it stands. */
function listenForInterruption() {
  const interrupted = new AbortController();
  let code: number | null = null;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      code ??= 128 + constants.signals[signal];
      interrupted.abort();
    });
  }
  return { signal: interrupted.signal, exitCode: () => code };
}

type Interruption = ReturnType<typeof listenForInterruption>;

async function execute(script: Script, { signal, exitCode }: Interruption): Promise<number> {
  const values = readOptions(script);
  if (values.help) {
    process.stdout.write(`${script.usage.trim()}\n\n${commonHelp(script)}\n`);
    return 0;
  }
  await script.check?.(values);
  return withPorts(loadEnv(), async (ports) => {
    await ports.storage.check({ signal });
    const actor = actorOfShell();
    const started = script.start(ports, values, actor);
    const isSeveral = Symbol.asyncIterator in started;
    const apply = values.apply === true;
    const acceptsRisk = values["accept-risk"] === true;
    const toApply = new Map<number, boolean>();
    for await (const { runId, planOnly } of isSeveral ? started : once(started)) {
      const applies = apply && !planOnly;
      toApply.set(runId, applies);
      await carryOut(ports, { runId, actor, apply: applies, acceptsRisk, signal });
      if (signal.aborted) break;
    }
    // As they are now: a later one may have added to one before it.
    const runs = await Promise.all([...toApply.keys()].map((runId) => readRunOrThrow(ports, runId)));
    for (const run of runs) await script.finish?.(ports, run, values);
    if (values.json) {
      const texts = await Promise.all(
        runs.map(async (run) => ({ ...runToJson(run), ...(await script.report?.(ports, run)) })),
      );
      printJson(isSeveral ? { runs: texts } : (texts[0] ?? {}));
    } else {
      const texts = runs.map((run) => runToText(run, { apply, isScan: script.isScan === true }));
      printText(texts.length > 0 ? texts.join("\n") : (script.nothing ?? "Nothing to do."));
    }
    const isDone = (run: RunDetails) =>
      (run.status === "succeeded" || (run.status === "planned" && !toApply.get(run.id))) && run.failed === 0;
    return runs.every(isDone) ? 0 : (exitCode() ?? 1);
  });
}

async function* once<Value>(promised: Promise<Value>) {
  yield await promised;
}

function readOptions(script: Script): Values {
  const options: Options = { ...script.options, ...commonOptions };
  const parsed = parseOptions({ options, allowPositionals: script.arguments !== undefined });
  const values: Values = {};
  for (const [name, value] of Object.entries(parsed.values)) if (!Array.isArray(value)) values[name] = value;
  if (script.arguments && !values.help) Object.assign(values, readArguments(script.arguments, parsed.positionals));
  if (script.isScan && values.apply) throw new UsageError("This script changes nothing, so it has no --apply.");
  if (values["accept-risk"] && !values.apply)
    throw new UsageError("--accept-risk works only with --apply. Read the plan, then add both.");
  return values;
}

function readArguments(names: readonly string[], given: readonly string[]): Values {
  const values: Values = {};
  let read = 0;
  for (const name of names) {
    if (name.endsWith("…")) return { ...values, [name.slice(0, -1)]: given.slice(read) };
    const value = given[read];
    if (value === undefined) throw new UsageError(`Give one ${name}.`);
    values[name] = value;
    read += 1;
  }
  if (given.length > read) throw new UsageError(`Give one ${names.join(" and one ")}.`);
  return values;
}

type Command = { runId: number; actor: Actor; apply: boolean; acceptsRisk: boolean };

async function carryOut(
  ports: Ports,
  { runId, actor, apply, acceptsRisk, signal }: Command & { signal: AbortSignal },
): Promise<void> {
  const { kind } = await readRunOrThrow(ports, runId);
  const job = requireJob(jobKinds, kind);
  const progress = showProgress(ports, runId);
  try {
    await workOnRun(ports, job, runId, signal);
    const planned = await readRunOrThrow(ports, runId);
    if (apply && planned.status === "planned" && planned.planHash && !signal.aborted) {
      await applyRun(ports, jobKinds, { runId, actor, planHash: planned.planHash, acceptsRisk });
      await workOnRun(ports, job, runId, signal);
    }
  } finally {
    await progress.stop();
  }
}

async function readRunOrThrow(ports: Ports, runId: number): Promise<RunDetails> {
  const run = await readRun(ports, runId);
  if (!run) throw new Error(`Run ${runId} is gone from the database.`);
  return run;
}

const commonHelp = (script: Script) =>
  [
    ...(script.isScan
      ? []
      : [
          "  --apply   carry the plan out; without it nothing changes",
          "  --accept-risk  with --apply: accept the risk that the plan names; without it such a plan is not applied",
        ]),
    "  --json    print exactly one JSON document on stdout",
    "  --help    this text",
    "",
    "Exit code: 0 all done, 1 something failed or is not done, 2 usage, 130 or 143 interrupted.",
  ].join("\n");
