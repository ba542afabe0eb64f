import { pagesByKey } from "~/features/pages-by-key.server";
import type { Db } from "~/ports/db.server";

export type EventFilter = {
  /** "run.apply", or "run" for every action on runs. */
  action?: string | undefined;
  subject?: string | undefined;
  actor?: string | undefined;
  since?: Date | undefined;
  until?: Date | undefined;
};

export type EventView = {
  id: number;
  at: Date;
  actor: string;
  actorName: string;
  action: string;
  subject: string;
  sentence: string;
  detail: string;
};

const PAGE = 100;
const EXPORT_PAGE = 1_000;

/** What was done, newest first, 100 from `before` (an event's id) on. `nextBefore` is null at the end. */
export async function listEvents(
  { db }: { db: Db },
  { before, ...filter }: EventFilter & { before?: number | undefined },
): Promise<{ events: EventView[]; nextBefore: number | null }> {
  const rows = await readPage(db, filter, before, PAGE + 1);
  const events = rows.slice(0, PAGE);
  return { events, nextBefore: rows.length > PAGE ? (events.at(-1)?.id ?? null) : null };
}

/** Every event that the filter keeps, newest first, in pages: for an export. */
export function readEvents({ db }: { db: Db }, filter: EventFilter): AsyncGenerator<EventView[]> {
  return pagesByKey(EXPORT_PAGE, (last) => readPage(db, filter, last?.id, EXPORT_PAGE));
}

/** Actions and actors that occur, for the filter's lists. */
export async function listEventFacets({ db }: { db: Db }) {
  const [actions, actors] = await Promise.all([
    // Grouped by the database: `distinct` would read the whole log.
    db.auditEvent.groupBy({ by: ["action"], orderBy: { action: "asc" } }),
    db.auditEvent.groupBy({ by: ["actor"], _max: { actorName: true } }),
  ]);
  return {
    actions: actions.map(({ action }) => action),
    actors: actors
      .map(({ actor, _max }) => ({ actor, actorName: _max.actorName ?? actor }))
      .sort((a, b) => a.actorName.localeCompare(b.actorName)),
  };
}

function readPage(
  db: Db,
  { action, subject, actor, since, until }: EventFilter,
  before: number | undefined,
  take: number,
) {
  return db.auditEvent.findMany({
    where: {
      ...(before !== undefined && { id: { lt: before } }),
      ...(action !== undefined && { OR: [{ action }, { action: { startsWith: `${action}.` } }] }),
      ...(subject !== undefined && { subject }),
      ...(actor !== undefined && { actor }),
      ...((since || until) && { at: { ...(since && { gte: since }), ...(until && { lt: until }) } }),
    },
    orderBy: { id: "desc" },
    take,
  });
}
