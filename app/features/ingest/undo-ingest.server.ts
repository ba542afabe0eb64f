import { thumbnailKey } from "~/features/images/thumbnail-key.server";
import type { ItemContext, ItemRange, ItemResult, OpenItem, Undo } from "~/features/job-runs/kinds/handler";
import type { Json } from "~/features/json-column";
import { deleteOwn } from "~/features/storage/delete-own.server";
import { storageFailure } from "~/features/storage-failure";
import type { Db, Tx } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import { quoteKey } from "~/quote";
import { findOther } from "./claims.sql.server";
import { ingested, leftBehind } from "./ingest-images";

/**
 * Takes away the images that an ingest put there, with their thumbnails. What lay there before it stays, and so does what a line
 * of another run stands for, too, and what people or the history of an image hold to by now.
 */
export const undoIngest: Undo<unknown> = {
  async findConflicts({ db }, items, { runId }) {
    const undone = await undoneRun(db, runId);
    return findConflicts(db, undone, items);
  },

  async findLeft({ db }, { runId, firstSeq, lastSeq }: ItemRange) {
    const left = await db.ingestedImage.findMany({
      where: { runId, seq: { gte: firstSeq, lte: lastSeq }, etag: null, mark: { not: null } },
      select: { seq: true, key: true },
    });
    const bySeq = new Map<number, Json>();
    for (const { seq } of left) {
      bySeq.set(seq, { leftAt: left.filter((one) => one.seq === seq).map(({ key }) => key) });
    }
    return bySeq;
  },

  async restore(ports, item, context) {
    const { db } = ports;
    const undone = await undoneRun(db, context.runId);
    const [conflict = null] = await findConflicts(db, undone, [item]);
    if (conflict !== null) return { outcome: "skipped", reason: conflict };
    const claims = await db.ingestedImage.findMany({
      where: { runId: undone, line: Number(item.subject) },
      orderBy: { id: "asc" },
    });
    const gone: Claim[] = [];
    try {
      for (const claim of claims) {
        const leaving = await handOver(ports, claim, context);
        if (leaving === "busy") return busy(claim.key);
        if (leaving === "stays") continue;
        const reason = await takeAway(ports, claim, context.signal);
        if (reason !== null) return { outcome: "skipped", reason, write: (tx) => release(tx, claim) };
        gone.push(claim);
      }
    } catch (error) {
      return storageFailure(error);
    }
    return {
      outcome: "succeeded",
      after: { stays: gone.length === 0 },
      write: (tx) => forget(tx, gone, ports.clock.now()),
    };
  },
};

type Claim = { id: number; key: string; mark: string | null; etag: string | null; isMaker: boolean };

async function undoneRun(db: Db, runId: number): Promise<number> {
  const { undoOfId } = await db.jobRun.findUniqueOrThrow({ where: { id: runId }, select: { undoOfId: true } });
  if (undoOfId === null) throw new Error(`Run ${runId} undoes nothing.`);
  return undoOfId;
}

async function findConflicts(db: Db, runId: number, items: OpenItem[]): Promise<(string | null)[]> {
  const claims = await db.ingestedImage.findMany({
    where: { runId, line: { in: items.map(({ subject }) => Number(subject)) }, isMaker: true },
    select: { line: true, key: true, imageId: true },
  });
  const images = await db.image.findMany({
    where: { id: { in: claims.flatMap(({ imageId }) => imageId ?? []) } },
    select: { id: true, key: true, etag: true, _count: { select: { labels: true, generations: true } } },
  });
  const byId = new Map(images.map((image) => [image.id, image]));
  return items.map(({ before, subject }) => {
    if (leftBehind.safeParse(before).success) return null;
    const made = ingested.safeParse(before).data;
    if (!made) return `Line ${subject}: what was taken away comes back by ingesting the list again.`;
    // Without one nothing of it is this line's any more.
    const claim = claims.find(({ line, key }) => line === Number(subject) && key === made.key);
    const image = byId.get(claim?.imageId ?? 0);
    return image ? whyStays(image, made) : null;
  });
}

type Row = { key: string; etag: string; _count: { labels: number; generations: number } };

function whyStays(image: Row, { key, etag }: { key: string; etag: string }): string | null {
  if (image.key !== key) return `${quoteKey(key)} has moved to ${quoteKey(image.key)}, so it stays.`;
  if (image.etag !== etag) return `${quoteKey(key)} has changed since.`;
  const { labels, generations } = image._count;
  if (labels > 0) return `${quoteKey(key)} has labels by now, so it stays.`;
  return generations > 0 ? `${quoteKey(key)} belongs to a generation record by now, so it stays.` : null;
}

/**
 * Ends what a line stands for. Where others stand for the same image, one of them takes it over: the last one that is put back
 * takes the image away. From "last" on nobody is given its key.
 * @throws LeaseLost
 */
function handOver(
  { db, clock }: Pick<Ports, "db" | "clock">,
  { id, key, mark }: Claim,
  context: ItemContext<unknown>,
): Promise<"last" | "stays" | "busy"> {
  return db.$write(async (tx) => {
    await context.hold(tx);
    // It may have been handed to this line a moment ago.
    const own = await tx.ingestedImage.findUnique({ where: { id }, select: { isMaker: true, etag: true, mark: true } });
    if (!own) return "stays";
    if (!own.isMaker && (own.etag !== null || own.mark === null)) {
      await tx.ingestedImage.delete({ where: { id } });
      return "stays";
    }
    const other = await findOther(tx, { id, key, now: clock.now() });
    if (other?.isComing) return "busy";
    if (!other) {
      await tx.ingestedImage.update({ where: { id }, data: { removingRunId: context.runId } });
      return "last";
    }
    const isMaker = own.isMaker;
    await tx.ingestedImage.update({ where: { id: other.id }, data: { isMaker, mark: own.mark ?? mark } });
    await tx.ingestedImage.delete({ where: { id } });
    return "stays";
  });
}

/** @returns why it cannot be taken away, or null once it is gone */
async function takeAway(ports: Ports, { id, key }: Claim, signal: AbortSignal): Promise<string | null> {
  const { mark, etag } = await ports.db.ingestedImage.findUniqueOrThrow({ where: { id } });
  const head = await ports.storage.head(key, { signal });
  // What a line may have left without knowing is its own only by its mark.
  const isOwn = head?.metadata.mark === mark && (etag === null || head?.etag === etag);
  if (head && !isOwn) return `${quoteKey(key)} has changed since.`;
  if ((await deleteOwn(ports, { key, ...(head && { etag: head.etag }) }, signal)) === "another's") {
    return `${quoteKey(key)} has changed since.`;
  }
  await deleteOwn(ports, { key: thumbnailKey(key) }, signal);
  return null;
}

async function forget(tx: Tx, claims: Claim[], at: Date): Promise<void> {
  for (const { id, key } of claims) {
    await tx.ingestedImage.deleteMany({ where: { id } });
    await tx.image.updateMany({ where: { key, goneAt: null }, data: { goneAt: at, thumbnailEtag: null } });
  }
}

const release = (tx: Tx, { id }: Claim) =>
  tx.ingestedImage.updateMany({ where: { id }, data: { removingRunId: null } });

const busy = (key: string): ItemResult => ({
  outcome: "failed",
  errorClass: "busy",
  error: `${quoteKey(key)} is just being given to another line, too. Retry it.`,
  retryable: true,
});
