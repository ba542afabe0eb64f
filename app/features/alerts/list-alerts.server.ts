import { z } from "zod";
import { parseJson } from "~/features/json-column";
import { pagesByKey } from "~/features/pages-by-key.server";
import type { Alert, Db } from "~/ports/db.server";
import type { AlertKind, AlertView } from "./alert";

const severity = z.enum(["error", "warning"]);

/** Open alerts, errors first, then the newest first; `total` counts all of them, `newestId` is the newest of all. */
export async function listAlerts(
  { db }: { db: Db },
  kinds: readonly AlertKind[],
  { limit }: { limit: number },
): Promise<{ alerts: AlertView[]; total: number; newestId: number | null }> {
  const where = { closedAt: null };
  const [rows, all] = await Promise.all([
    // "error" comes before "warning" by the alphabet too.
    db.alert.findMany({ where, orderBy: [{ severity: "asc" }, { id: "desc" }], take: limit }),
    db.alert.aggregate({ where, _count: { _all: true }, _max: { id: true } }),
  ]);
  const alerts = toAlertViews(rows, kinds);
  return { alerts, total: all._count._all, newestId: all._max.id };
}

const PAGE = 1_000;

/** All open alerts, page after page, in the same order. One that opens meanwhile is in the next list. */
export async function* exportAlerts({ db }: { db: Db }, kinds: readonly AlertKind[]): AsyncGenerator<AlertView[]> {
  for (const of of severity.options) {
    const readPage = (last?: Alert) =>
      db.alert.findMany({
        where: { closedAt: null, severity: of, ...(last && { id: { lt: last.id } }) },
        orderBy: { id: "desc" },
        take: PAGE,
      });
    for await (const rows of pagesByKey(PAGE, readPage)) yield toAlertViews(rows, kinds);
  }
}

/** Alerts as they are told of, each with the page that its kind leads to. */
export const toAlertViews = (rows: readonly Alert[], kinds: readonly AlertKind[]): AlertView[] =>
  rows.map(({ id, root, subject, sentence, openedAt, lastSeenAt, ...row }) => {
    const kind = kinds.find((known) => known.kind === row.kind);
    const link = kind?.linkTo({ root, detail: parseJson(row.detail) }) ?? null;
    return { id, severity: severity.parse(row.severity), root, subject, sentence, openedAt, lastSeenAt, link };
  });
