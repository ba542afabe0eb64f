import type { Db, Prisma } from "~/ports/db.server";
import { SEVERITIES } from "./finding-types";

/** Open findings that no one ignores. */
export const toBeDealtWith = { closedAt: null, ignoredAt: null } satisfies Prisma.FindingWhereInput;
const shown = { id: true, root: true, severity: true, subject: true, sentence: true, firstSeenAt: true } as const;

type ShownFinding = Prisma.FindingGetPayload<{ select: typeof shown }>;

/** The first of the findings of all roots that are to be dealt with: the most severe and oldest first. */
export async function listWorstFindings({ db }: { db: Db }, { limit }: { limit: number }): Promise<ShownFinding[]> {
  const worst: ShownFinding[] = [];
  // By the words of the column “info” would come before “warning”.
  for (const severity of SEVERITIES) {
    const take = limit - worst.length;
    if (take === 0) break;
    const where = { ...toBeDealtWith, severity };
    worst.push(...(await db.finding.findMany({ where, select: shown, orderBy: { id: "asc" }, take })));
  }
  return worst;
}
