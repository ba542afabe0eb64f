import { embedImages } from "~/features/embeddings/embed-images";
import { readEmbedRun } from "~/features/embeddings/read-embed-run.server";
import { startEmbedding } from "~/features/embeddings/start-embedding.server";
import { budgetUsd } from "~/features/model-calls/budget";
import { asUsage, queryHelp, readImageQuery } from "./run-script/image-query";
import { runScript, UsageError, type Values } from "./run-script/run-script";

/** USD, which have to be said: a forgotten option must not spend without a limit. */
function readBudget({ budget: given }: Values): number {
  if (given === undefined) throw new UsageError("Give --budget USD.");
  const budget = budgetUsd.safeParse(Number(given || Number.NaN));
  if (budget.success) return budget.data;
  throw new UsageError(`--budget ${given}: ${budget.error.issues.map(({ message }) => message).join(" ")}`);
}

const readSelection = ({ query }: Values) => (typeof query === "string" ? { query: readImageQuery(query) } : undefined);

await runScript({
  usage: `Has the model of GEMINI_EMBEDDING_MODEL make the vectors by which images are found: of those that have none, or one of other
bytes. The plan says what it costs.

  npx tsx scripts/embed-images.ts [--query Q] --budget USD [--apply] [--json]

  --query Q      ${queryHelp}; without it all images
  --budget USD   the run pauses before a call that could exceed it, and goes on once you raise it in the console`,
  options: { query: { type: "string" }, budget: { type: "string" } },
  check(values) {
    readBudget(values);
    readSelection(values);
  },
  start: (ports, values, actor) =>
    asUsage(() => startEmbedding(ports, { selection: readSelection(values), budgetUsd: readBudget(values), actor })),
  report: async (ports, run) => {
    const embedRun = run.kind === embedImages.kind ? await readEmbedRun(ports, run.id) : null;
    return embedRun === null ? {} : { ...embedRun };
  },
});
