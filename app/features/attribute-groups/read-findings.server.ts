import type { Db } from "~/ports/db.server";
import { type Finding, type Severity, severityRank, storedFinding } from "./finding-types";

/** The open findings of a root, most severe first. */
export async function readOpenFindings(db: Db, root: string): Promise<Finding[]> {
  const rows = await db.finding.findMany({
    where: { root, closedAt: null },
    orderBy: [{ type: "asc" }, { subject: "asc" }],
  });
  const findings = rows.map((row) => storedFinding.parse(row));
  return findings.sort((a, b) => severityRank(a.severity) - severityRank(b.severity));
}

export function countSeverities(findings: readonly Finding[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}
