import type { Actor } from "~/features/audit-log/record-event";
import { readRun } from "~/features/job-runs/views/read-run.server";
import { budgetUsd } from "~/features/labeling/budget/budget";
import { labelRun } from "~/features/labeling/label-run";
import { startPilot } from "~/features/labeling/pilot/start-pilot.server";
import { PERSONAS } from "~/features/labeling/prompts/personas-prompt";
import type { PromptChoice } from "~/features/labeling/prompts/prepare-prompt.server";
import { findAcceptedRuns } from "~/features/labeling/review/find-accepted-runs.sql.server";
import { startLabelRun } from "~/features/labeling/start-label-run.server";
import { summarizeLabelRun } from "~/features/labeling/views/summarize-label-run.sql.server";
import { startPromotion } from "~/features/labels/promote/start-promotion.server";
import type { Ports } from "~/ports/index.server";
import { quote } from "~/quote";
import { asUsage, queryHelp, readImageQuery } from "./run-script/image-query";
import { runScript, type Started, UsageError, type Values } from "./run-script/run-script";

/** Which runs to promote; what is not given is open. */
function readAccepted(values: Values) {
  if (values.budget !== undefined || values["no-budget"]) {
    throw new UsageError("--promote asks no model, so it takes no budget.");
  }
  const isNarrowed = values.root !== undefined || values.query !== undefined;
  return {
    prompt: values.prompt === undefined ? undefined : readPrompt(values),
    selection: isNarrowed ? { query: readQuery(values) } : undefined,
  };
}

/** One promotion after the other, the newest label run's last, so that the newest decision holds. */
async function* promoteAll(ports: Ports, values: Values, actor: Actor) {
  const asked = readAccepted(values);
  for (let last = 0; ; ) {
    // Looked for each time: what an older run promotes may take the place of what a newer one had promoted before.
    const runId = (await findAcceptedRuns(ports.db, asked)).find((id) => id > last);
    if (runId === undefined) return;
    last = runId;
    yield await startPromotion(ports, { runId, actor });
  }
}

/** A label run that stays a plan, and its pilot. One that cannot be planned, or asks about nothing, needs none. */
async function* startWithPilot(ports: Ports, values: Values, actor: Actor): AsyncGenerator<Started> {
  const { runId } = await asUsage(() => startLabelRun(ports, { ...readInput(values), actor }));
  yield { runId, planOnly: true };
  const run = await readRun(ports, runId);
  if (run?.status === "planned" && run.planned > 0) yield await startPilot(ports, { runId, actor });
}

/** @throws UsageError for a value that makes no sense by itself */
function readInput(values: Values) {
  const { scope: only } = values;
  if (only !== "unanswered" && only !== "all") throw new UsageError(`--scope ${only}: choose unanswered or all.`);
  const selection = { query: readQuery(values) };
  return { selection, only, prompt: readPrompt(values), budgetUsd: readBudget(values) } as const;
}

function readQuery({ root, query }: Values) {
  if (root !== undefined && query !== undefined) throw new UsageError("Give either --root NAME or --query Q.");
  return typeof query === "string" ? readImageQuery(query) : { root: String(root ?? "Model") };
}

/** “Personas” is the newest version of that name, “Personas@3” its version 3. */
function readPrompt({ prompt = PERSONAS }: Values): PromptChoice {
  const [, name, version] = /^(.+)@(\d+)$/.exec(String(prompt)) ?? [];
  return name === undefined ? { name: String(prompt) } : { name, version: Number(version) };
}

/** USD, or null for none, which has to be said: a forgotten option must not spend without a limit. */
function readBudget(values: Values): number | null {
  if ((values.budget === undefined) === !values["no-budget"]) {
    throw new UsageError("Give either --budget USD or --no-budget.");
  }
  if (values.budget === undefined) return null;
  const budget = budgetUsd.safeParse(Number(values.budget || Number.NaN));
  if (budget.success) return budget.data;
  throw new UsageError(`--budget ${values.budget}: ${budget.error.issues.map(({ message }) => message).join(" ")}`);
}

await runScript({
  usage: `Asks the model about images; its answers are kept as proposals, and nothing is accepted. With --promote it makes labels of
what people have accepted since, and asks nothing.

  npx tsx scripts/relabel-personas.ts [--root NAME | --query Q] [--prompt NAME[@VERSION]] [--scope unanswered|all]
                                      (--budget USD | --no-budget) [--pilot] [--apply] [--json]
  npx tsx scripts/relabel-personas.ts --promote [--root NAME | --query Q] [--prompt NAME[@VERSION]] [--apply] [--json]

  --root NAME     an attribute root of labels/schema.json; without it and --query “Model”
  --query Q       ${queryHelp}
  --prompt NAME   the newest version of this prompt, or with @VERSION just that one; without it ${quote(PERSONAS)}, made of
                  the schema and the bucket as they are
  --scope WHICH   unanswered (default): images that this prompt has not labeled and the model has not refused; all: every image
  --budget USD    the run pauses before a call that could exceed it, and goes on once you raise it in the console
  --no-budget     no limit
  --pilot         with --apply: asks about at most ten of the images, so that the quote goes by real answers, and leaves the rest a
                  plan. Apply it in the console, or give --apply again without --pilot: no answer is paid for twice. With --json
                  {"runs": [...]}: the label run and its pilot
  --promote       promotes what was accepted in the console, never what no one has seen: of all label runs, or of those of this
                  prompt, and of those over just this root or query. A plan for each label run; with --json {"runs": [...]}`,
  options: {
    root: { type: "string" },
    query: { type: "string" },
    prompt: { type: "string" },
    scope: { type: "string", default: "unanswered" },
    budget: { type: "string" },
    "no-budget": { type: "boolean", default: false },
    pilot: { type: "boolean", default: false },
    promote: { type: "boolean", default: false },
  },
  check(values) {
    if (values.pilot && values.promote) throw new UsageError("Give either --pilot or --promote.");
    if (values.pilot && !values.apply) {
      throw new UsageError(
        "--pilot asks the model, which costs, so it works only with --apply. Leave out both to see the plan.",
      );
    }
    if (values.promote) readAccepted(values);
    else readInput(values);
  },
  start(ports, values, actor) {
    if (values.promote) return promoteAll(ports, values, actor);
    if (values.pilot) return startWithPilot(ports, values, actor);
    return asUsage(() => startLabelRun(ports, { ...readInput(values), actor }));
  },
  nothing: "Nothing to promote: no accepted proposal of these label runs would change a label.",
  report: async (ports, run) => (run.kind === labelRun.kind ? summarizeLabelRun(ports, run.id) : {}),
});
