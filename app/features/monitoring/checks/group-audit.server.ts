import { z } from "zod";
import { toBeDealtWith } from "~/features/attribute-groups/findings/worst-findings.server";
import { newestOf } from "~/features/attribute-groups/snapshots/newest-snapshot";
import { exactTime, plural } from "~/features/format";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { aWhileBefore, defineCheck, type Judgement, type Trouble } from "~/features/monitoring/check";
import { quote } from "~/quote";

const reading = z.object({
  roots: z.array(
    z.object({
      name: z.string(),
      asOf: z.number().nullable(),
      /** Its own of `findings`. */
      findings: z.number(),
    }),
  ),
  /** Open findings that no one ignores, and those of them that are errors. */
  findings: z.number(),
  errors: z.number(),
});

export const groupAudit = defineCheck({
  name: "group-audit",
  title: "Group audit",
  unit: "count",
  measures: "open findings of the attribute groups that no one ignores",
  rule: "Old: no audit of a root for two hours, four times the way from one to the next. Findings: an error is open; the audit that found it opened its alert.",
  link: "/attribute-groups",
  reading,

  async measure({ db }) {
    const { roots } = await loadLabelSchema();
    const open = await db.finding.groupBy({
      by: ["root", "severity"],
      where: toBeDealtWith,
      _count: { _all: true },
    });
    const sum = (groups: typeof open) => groups.reduce((total, { _count }) => total + _count._all, 0);
    const audited: z.infer<typeof reading>["roots"] = [];
    for (const { name } of roots) {
      const newest = await db.groupSnapshot.findFirst({ ...newestOf(name), select: { asOf: true } });
      const findings = sum(open.filter(({ root }) => root === name));
      audited.push({ name, asOf: newest?.asOf.getTime() ?? null, findings });
    }
    return {
      roots: audited,
      findings: sum(open),
      errors: sum(open.filter(({ severity }) => severity === "error")),
    };
  },

  judge: (found, { at, earlier }) => judgeGroupAudit(found, at, aWhileBefore(at, earlier)),
});

const OLD_MS = 2 * 60 * 60_000;

export function judgeGroupAudit(
  { roots, findings, errors }: z.infer<typeof reading>,
  at: Date,
  before: z.infer<typeof reading> | null,
): Judgement {
  const old = roots.filter(({ asOf }) => asOf === null || at.getTime() - asOf > OLD_MS);
  const told = old.map(({ name, asOf }): Trouble => {
    const since = asOf === null ? "was never audited" : `was last audited on ${exactTime(new Date(asOf))}`;
    const sentence = `${quote(name)} ${since}. Start “Audit groups” on the page Jobs; its run says why where it fails.`;
    return { verdict: "old", about: name, severity: "warning", sentence, link: "/attribute-groups" };
  });
  const value = findings;
  if (told.length > 0) {
    // A root that is new is checked before its first audit was due.
    const isKnown = (name: string) => before?.roots.some((root) => root.name === name) ?? false;
    const troubles = told.filter(({ about }) => isKnown(about));
    return { verdict: "old", level: "warn", sentence: told.map(({ sentence }) => sentence).join(" "), value, troubles };
  }
  if (findings === 0)
    return { verdict: "healthy", level: "ok", sentence: "Every group matches its folder name.", value };
  const open = `${plural(findings, "finding")} ${findings === 1 ? "is" : "are"} open`;
  if (errors === 0) return { verdict: "healthy", level: "ok", sentence: `${open}, none of them an error.`, value };
  const sentence = `${open}, ${plural(errors, "error")} among them.`;
  return { verdict: "findings", level: "warn", sentence, value, troubles: [] };
}
