import { z } from "zod";
import type { Db } from "~/ports/db.server";
import { type AlertView, findingDetail, referenceDetail } from "./alert";

/** A row of the table, whose text columns only ever hold what an audit wrote. */
const stored = z.object({
  id: z.number(),
  severity: z.enum(["error", "warning"]),
  root: z.string(),
  subject: z.string(),
  sentence: z.string(),
  openedAt: z.date(),
  lastSeenAt: z.date(),
});
const storedAlert = z.discriminatedUnion("kind", [
  stored.extend({ kind: z.literal("reference-changed"), detail: json(referenceDetail) }),
  stored.extend({ kind: z.literal("finding"), detail: json(findingDetail) }),
]);

function json<Detail>(schema: z.ZodType<Detail>) {
  return z.string().transform((text) => schema.parse(JSON.parse(text)));
}

/** Open alerts, errors first, then the newest first; `total` counts all of them, `newestId` is the newest of all. */
export async function listAlerts(
  { db }: { db: Db },
  { limit }: { limit: number },
): Promise<{ alerts: AlertView[]; total: number; newestId: number | null }> {
  const where = { closedAt: null };
  const [rows, all] = await Promise.all([
    // "error" comes before "warning" by the alphabet too.
    db.alert.findMany({ where, orderBy: [{ severity: "asc" }, { id: "desc" }], take: limit }),
    db.alert.aggregate({ where, _count: { _all: true }, _max: { id: true } }),
  ]);
  const alerts = rows.map((row): AlertView => {
    const alert = storedAlert.parse(row);
    const { detail, kind, ...rest } = alert;
    return kind === "finding" ? { ...rest, kind, ...alert.detail } : { ...rest, kind, ...alert.detail };
  });
  return { alerts, total: all._count._all, newestId: all._max.id };
}
