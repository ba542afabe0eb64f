import { indexImages } from "~/features/images/index/index-images";
import { sumIndexRun } from "~/features/images/index/index-images.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { quoteKey } from "~/quote";
import { runScript, UsageError } from "./run-script/run-script";

await runScript({
  usage: `Reconciles the image index with S3: what is new, changed, back again or gone.
S3 is only listed, and nothing but the index changes, so no plan is needed.

  npx tsx scripts/index-images.ts [--prefix P] [--json]

  --prefix P  only keys that begin with P, such as "references/"; without it the whole bucket`,
  options: { prefix: { type: "string" } },
  isScan: true,
  start(ports, values, actor) {
    const payload = indexImages.payload.safeParse({ prefix: values.prefix ?? "" });
    if (!payload.success)
      throw new UsageError(`--prefix ${quoteKey(String(values.prefix))}: ${payload.error.issues[0]?.message}`);
    return startRun(ports, indexImages, { payload: payload.data, actor, autoApply: true });
  },
  report: async (ports, run) => sumIndexRun(ports, run.id),
});
