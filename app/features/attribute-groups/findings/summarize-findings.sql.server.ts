/** How many findings are open, in SQLite's dialect. */
import { z } from "zod";
import type { Db, Prisma } from "~/ports/db.server";
import { SEVERITIES } from "./finding-types";

const counts = z.tuple([z.object({ total: z.coerce.number(), subjects: z.coerce.number() })]);
const toBeDealtWith = { closedAt: null, ignoredAt: null };
const shown = { id: true, root: true, severity: true, subject: true, sentence: true, firstSeenAt: true } as const;

type ShownFinding = Prisma.FindingGetPayload<{ select: typeof shown }>;

/**
 * The open findings of all roots that are to be dealt with: how many, about how many subjects, and the first of them, the
 * most severe and oldest first.
 */
export async function summarizeFindings(
  { db }: { db: Db },
  { limit }: { limit: number },
): Promise<{ total: number; subjects: number; worst: ShownFinding[] }> {
  const [[{ total, subjects }], worst] = await Promise.all([
    db.$queryRaw`
      SELECT count(*) AS "total", count(DISTINCT "subject") AS "subjects" FROM "Finding"
       WHERE "closedAt" IS NULL AND "ignoredAt" IS NULL`.then((rows) => counts.parse(rows)),
    readWorst(db, limit),
  ]);
  return { total, subjects, worst };
}

async function readWorst(db: Db, limit: number): Promise<ShownFinding[]> {
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
