import { auditGroups } from "~/features/attribute-groups/audit/audit-groups";
import { sumAuditRun } from "~/features/attribute-groups/audit/sum-audit-run.server";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { runScript, UsageError } from "./run-script/run-script";

await runScript({
  usage: `Audits the attribute groups as S3 lists them, and stores a snapshot with its findings.
Findings do not change the exit code.

  npx tsx scripts/audit-groups.ts [--root R] [--json]

  --root R    only this root of labels/schema.json, such as Model; without it all of them`,
  options: { root: { type: "string" } },
  isScan: true,
  async start(ports, values, actor) {
    const root = typeof values.root === "string" ? values.root : null;
    const schema = await loadLabelSchema();
    if (root !== null && !schema.roots.some(({ name }) => name === root)) {
      throw new UsageError(`--root ${root}: labels/schema.json has no such root.`);
    }
    return startRun(ports, auditGroups, { payload: { root }, actor, autoApply: true });
  },
  report: async (ports, run) => sumAuditRun(ports, run.id),
});
