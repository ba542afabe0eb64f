import { budgetUsd } from "~/features/labeling/budget/budget";
import { labelRunScope } from "~/features/labeling/label-run";
import { PERSONAS } from "~/features/labeling/prompts/personas-prompt";
import { startLabelRun } from "~/features/labeling/start-label-run.server";
import { summarizeLabelRun } from "~/features/labeling/views/summarize-label-run.server";
import { quote } from "~/quote";
import { runScript, UsageError, type Values } from "./run-script/run-script";

/** @throws UsageError for a value that makes no sense by itself */
function readInput(values: Values) {
  const scope = labelRunScope.safeParse({ root: values.root, only: values.scope, prompt: values.prompt });
  if (!scope.success) throw new UsageError(`--scope ${values.scope}: choose unanswered or all.`);
  return { ...scope.data, budgetUsd: readBudget(values) };
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
  usage: `Asks the model about the images of a root; its answers are kept as proposals, and nothing is accepted.

  npx tsx scripts/relabel-personas.ts [--root Model] [--prompt NAME] [--scope unanswered|all] (--budget USD | --no-budget) [--apply] [--json]

  --root NAME     an attribute root of labels/schema.json; without it “Model”
  --prompt NAME   the newest version of this prompt; without it ${quote(PERSONAS)}, made of the schema and the bucket as they are
  --scope WHICH   unanswered (default): images that this prompt has not labeled and the model has not refused; all: every image
  --budget USD    the run pauses before a call that could exceed it, and goes on once you raise it in the console
  --no-budget     no limit`,
  options: {
    root: { type: "string", default: "Model" },
    prompt: { type: "string", default: PERSONAS },
    scope: { type: "string", default: "unanswered" },
    budget: { type: "string" },
    "no-budget": { type: "boolean", default: false },
  },
  check(values) {
    readInput(values);
  },
  start: (ports, values, actor) => startLabelRun(ports, { ...readInput(values), actor }),
  report: (ports, run) => summarizeLabelRun(ports, run.id),
});
