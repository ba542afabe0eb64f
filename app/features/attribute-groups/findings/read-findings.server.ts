import { z } from "zod";
import { jsonColumn } from "~/features/json-column";
import type { Db } from "~/ports/db.server";
import { type Finding, type FindingType, findingTypes, severityRank } from "./finding-types";

const evidence = z.strictObject({
  groups: z.array(z.string()),
  objects: z.array(z.strictObject({ key: z.string(), etag: z.string(), bytes: z.number() })),
  more: z.number(),
});

/** A row of the table, whose text columns only ever hold what an audit wrote. */
const storedFinding = z
  .object({
    id: z.number(),
    type: z.custom<FindingType>((type) => typeof type === "string" && Object.hasOwn(findingTypes, type)),
    severity: z.enum(["error", "warning", "info"]),
    subject: z.string(),
    sentence: z.string(),
    evidence: jsonColumn(evidence),
    firstSeenAt: z.date(),
    lastSeenAt: z.date(),
    ignoredAt: z.date().nullable(),
    ignoredByName: z.string().nullable(),
    ignoreReason: z.string().nullable(),
  })
  .transform(
    ({ ignoredAt, ignoredByName, ignoreReason, ...finding }): Finding => ({
      ...finding,
      ignored: ignoredAt && { at: ignoredAt, byName: ignoredByName ?? "", reason: ignoreReason ?? "" },
    }),
  );

/** The open findings of a root, most severe first: those to be dealt with, and those that someone set aside. */
export async function readOpenFindings(db: Db, root: string): Promise<{ findings: Finding[]; ignored: Finding[] }> {
  const rows = await db.finding.findMany({
    where: { root, closedAt: null },
    orderBy: [{ type: "asc" }, { subject: "asc" }],
  });
  const open = rows
    .map((row) => storedFinding.parse(row))
    .sort((a, b) => severityRank(a.severity) - severityRank(b.severity));
  return {
    findings: open.filter((finding) => finding.ignored === null),
    ignored: open.filter((finding) => finding.ignored !== null),
  };
}
