import { findReferred } from "~/features/generations/find-referred.server";
import { moveItem, undoMoves } from "~/features/images/move/move-object.server";
import { trashKey } from "~/features/images/move/trash-key";
import type { ItemRange, OpenItem, RunContext, Undo } from "~/features/job-runs/kinds/handler";
import { readUndone } from "~/features/job-runs/views/undone-run.server";
import type { Json } from "~/features/json-column";
import type { Ports } from "~/ports/index.server";
import { quoteKey } from "~/quote";
import { type DrawnState, drawItem, drawnState } from "./draw-images";
import { readDrawTerms } from "./draw-terms.server";
import { findMade } from "./made-picture.server";

/**
 * Moves the pictures of a run to the trash, from where the undo of that brings them back. What was labeled, changed or drawn from since
 * stays.
 * @param ownerOf whose pictures a run of this kind draws, by its payload
 */
export const undoOfDrawings = <Payload>(ownerOf: (payload: unknown) => string | null): Undo<Payload> => ({
  async findConflicts(ports, items, context) {
    const moves = await Promise.all(items.map((item) => toMove(ports, item, context)));
    const inTheWay = await undoMoves.findConflicts(ports, moves, context);
    const used = await findUses(ports, items);
    return items.map((_, at) => used[at] ?? inTheWay[at] ?? null);
  },

  findLeft: (ports, range) => findLeftPictures(ports, range, ownerOf),

  foresee: (ports, context) => {
    const seen: OpenItem[] = [];
    return {
      see: (items) => void seen.push(...items),
      async tell() {
        const foresight = undoMoves.foresee?.(ports, context);
        foresight?.see(await Promise.all(seen.map((item) => toMove(ports, item, context))));
        return (await foresight?.tell()) ?? {};
      },
    };
  },

  async restore(ports, item, context) {
    const [use = null] = await findUses(ports, [item]);
    if (use !== null) return { outcome: "skipped", reason: use };
    return moveItem(ports, await toMove(ports, item, context), context);
  },
});

/** A picture goes to the trash of the run that drew it; one that lies there goes back. */
async function toMove({ db }: Ports, item: OpenItem, { runId }: RunContext<unknown>): Promise<OpenItem> {
  const back = drawnState.safeParse(item.target).data;
  if (back) return { ...item, target: { key: back.key } };
  const { key } = drawnState.parse(item.before);
  return { ...item, target: { key: trashKey(await readUndone(db, runId), key) } };
}

/** Why a picture is held to by now, as a sentence; null: it is not. */
async function findUses({ db }: Ports, items: OpenItem[]): Promise<(string | null)[]> {
  const states = items.map(({ before }) => drawnState.parse(before));
  const keys = states.map(({ key }) => key);
  const rows = await db.image.findMany({
    where: { key: { in: keys } },
    select: { id: true, key: true, etag: true, _count: { select: { labels: true } } },
  });
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const referred = await findReferred(
    db,
    rows.map(({ id }) => id),
  );
  return states.map(({ key, etag }) => {
    const row = byKey.get(key);
    if (!row) return null;
    if (row.etag !== etag) return `${quoteKey(key)} has changed since it was drawn, so it stays.`;
    if (row._count.labels > 0) return `${quoteKey(key)} has labels by now, so it stays.`;
    return referred.has(row.id) ? `${quoteKey(key)} was drawn from since, so it stays.` : null;
  });
}

/** Pictures that a worker put into the bucket and did not live to say so, by the seq of their items. */
async function findLeftPictures(
  ports: Ports,
  { runId, firstSeq, lastSeq }: ItemRange,
  ownerOf: (payload: unknown) => string | null,
): Promise<ReadonlyMap<number, Json>> {
  const { payload, undoOfId } = await ports.db.jobRun.findUniqueOrThrow({ where: { id: runId } });
  if (undoOfId !== null) return (await undoMoves.findLeft?.(ports, { runId, firstSeq, lastSeq })) ?? new Map();
  const place = { ...(await readDrawTerms(ports, runId)), ownerId: ownerOf(JSON.parse(payload)) };
  const items = await ports.db.jobItem.findMany({
    where: { runId, seq: { gte: firstSeq, lte: lastSeq }, OR: [{ outcome: null }, { outcome: { not: "succeeded" } }] },
    select: { seq: true, before: true },
  });
  const left = new Map<number, Json>();
  for (const { seq, before } of items) {
    const { picture } = drawItem.parse(JSON.parse(before ?? "null"));
    const made = await findMade(ports, place, picture, new AbortController().signal);
    if (!made) continue;
    const { key, etag, bytes } = made.head;
    left.set(seq, { key, etag, bytes } satisfies DrawnState);
  }
  return left;
}
