import { giveBackReferences, whyNotGivenBack } from "~/features/generations/external/resolve-references.sql.server";
import { groupBy } from "~/features/group-by";
import { thumbnailKey } from "~/features/images/thumbnail-key.server";
import type { ItemContext, ItemRange, OpenItem, Undo } from "~/features/job-runs/kinds/handler";
import { readUndone } from "~/features/job-runs/views/undone-run.server";
import { deleteOwn } from "~/features/storage/delete-own.server";
import { storageFailure } from "~/features/storage-failure";
import type { Db, IngestedImage, Tx } from "~/ports/db.server";
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
    const undone = await readUndone(db, runId);
    return findConflicts(db, undone, items);
  },

  async findLeft({ db }, { runId, firstSeq, lastSeq }: ItemRange) {
    const left = await db.ingestedImage.findMany({
      where: { runId, seq: { gte: firstSeq, lte: lastSeq }, etag: null, mark: { not: null } },
      select: { seq: true, key: true },
    });
    const bySeq = groupBy(left, ({ seq }) => String(seq));
    return new Map(Array.from(bySeq, ([seq, claims]) => [Number(seq), { leftAt: claims.map(({ key }) => key) }]));
  },

  async restore(ports, item, context) {
    const { db, clock } = ports;
    const undone = await readUndone(db, context.runId);
    const [conflict = null] = await findConflicts(db, undone, [item]);
    if (conflict !== null) return { outcome: "skipped", reason: conflict };
    const claims = await db.ingestedImage.findMany({
      where: { runId: undone, line: Number(item.subject) },
      orderBy: { id: "asc" },
    });
    const { key = "", resolved = [] } = ingested.safeParse(item.before).data ?? {};
    if (resolved.length > 0) {
      // Before the image is looked at: records that this line had name it do not hold it.
      await db.$write(async (tx) => {
        await context.hold(tx);
        await giveBackReferences(tx, resolved, key);
      });
    }
    const gone: Claim[] = [];
    const write = (tx: Tx) => forget(tx, gone, clock.now());
    let reason: string | null = null;
    try {
      for (const claim of claims) {
        const left = await endClaim(ports, claim, context);
        if (left === "busy") return { ...busy(claim.key), write };
        if (left === "gone") gone.push(claim);
        else if (left !== "stays") reason = left.reason;
      }
    } catch (error) {
      return { ...storageFailure(error), write };
    }
    return reason === null
      ? { outcome: "succeeded", after: { stays: gone.length === 0 }, write }
      : { outcome: "skipped", reason, write };
  },
};

type Claim = IngestedImage;

/** Ends what a line stands for at one key, and takes the image away where nobody else does. */
async function endClaim(
  ports: Ports,
  claim: Claim,
  context: ItemContext<unknown>,
): Promise<"gone" | "stays" | "busy" | { reason: string }> {
  const { storage } = ports;
  const { key } = claim;
  const { signal } = context;
  // Whether a put that nobody saw the end of has arrived, its mark tells.
  const isUnsure = claim.etag === null && claim.mark !== null;
  const isMaker = isUnsure ? (await storage.head(key, { signal }))?.metadata.mark === claim.mark : claim.isMaker;
  const leaving = await handOver(ports, claim, isMaker, context);
  if (typeof leaving === "string" || "reason" in leaving) return leaving;
  // As it is now: with the image it may have been handed another line's mark.
  const { mark, etag } = leaving.last;
  const head = await storage.head(key, { signal });
  const isSame = head?.metadata.mark === mark && (etag === null || head?.etag === etag);
  if (head && (!isSame || (await deleteOwn(ports, { key, etag: head.etag }, signal)) === "another's")) {
    await ports.db.ingestedImage.update({ where: { id: claim.id }, data: { removingRunId: null } });
    return { reason: `${quoteKey(key)} has changed since.` };
  }
  await deleteOwn(ports, { key: thumbnailKey(key) }, signal);
  return "gone";
}

async function findConflicts(db: Db, runId: number, items: OpenItem[]): Promise<(string | null)[]> {
  const claims = await db.ingestedImage.findMany({
    where: { runId, line: { in: items.map(({ subject }) => Number(subject)) } },
    select: { line: true, key: true, imageId: true, isMaker: true },
  });
  const images = await db.image.findMany({
    where: { id: { in: claims.flatMap(({ imageId, isMaker }) => (isMaker ? (imageId ?? []) : [])) } },
    select: heldBy,
  });
  const byId = new Map(images.map((image) => [image.id, image]));
  const conflicts: (string | null)[] = [];
  for (const item of items) conflicts.push(whyStays(item) ?? (await whyRecordsStay(db, runId, item)));
  return conflicts;

  function whyStays({ before, subject }: OpenItem): string | null {
    if (leftBehind.safeParse(before).success) return null;
    const made = ingested.safeParse(before).data;
    if (!made) return `Line ${subject}: what was taken away comes back by ingesting the list again.`;
    // Without one nothing of it is this line's any more.
    const claim = claims.find(({ line, key }) => line === Number(subject) && key === made.key);
    const image = byId.get(claim?.imageId ?? 0);
    if (!image) return null;
    const { key, etag } = made;
    if (image.key !== key) return `${quoteKey(key)} has moved to ${quoteKey(image.key)}, so it stays.`;
    if (image.etag !== etag) return `${quoteKey(key)} has changed since.`;
    return whyHeld(made.resolved ? { ...image, _count: { ...image._count, generations: 0 } } : image);
  }
}

/** Of a line that had records name its image: others may name it by now, or these another one. */
async function whyRecordsStay(db: Db, runId: number, { before, subject }: OpenItem): Promise<string | null> {
  const { key = "", resolved } = ingested.safeParse(before).data ?? {};
  if (!resolved) return null;
  const reason = await whyNotGivenBack(db, resolved, key);
  if (reason !== null) return reason;
  const own = resolved.flatMap(({ generationId, position }) => (position === 0 ? [generationId] : []));
  const isLast = (await db.ingestedImage.count({ where: { key, NOT: { runId, line: Number(subject) } } })) === 0;
  const isMaker = (await db.ingestedImage.count({ where: { key, runId, line: Number(subject), isMaker: true } })) > 0;
  if (!isLast || !isMaker) return null;
  const others = await db.generation.count({ where: { image: { key }, id: { notIn: own } } });
  return others > 0 ? `${quoteKey(key)} belongs to a generation record by now, so it stays.` : null;
}

const heldBy = {
  id: true,
  key: true,
  etag: true,
  _count: { select: { labels: true, generations: true } },
} as const;

/** What people, or the history of images, hold to. */
function whyHeld({ key, _count }: { key: string; _count: { labels: number; generations: number } }): string | null {
  if (_count.labels > 0) return `${quoteKey(key)} has labels by now, so it stays.`;
  return _count.generations > 0 ? `${quoteKey(key)} belongs to a generation record by now, so it stays.` : null;
}

/**
 * Ends what a line stands for. Where others stand for the same image, one of them takes it over: the last one that is put back
 * takes the image away, and nobody is given its key from then on.
 * @throws LeaseLost
 */
function handOver(
  { db, clock }: Pick<Ports, "db" | "clock">,
  { id, key }: Claim,
  isMaker: boolean,
  context: ItemContext<unknown>,
): Promise<{ last: Claim } | "stays" | "busy" | { reason: string }> {
  return db.$write(async (tx) => {
    await context.hold(tx);
    const own = await tx.ingestedImage.findUnique({ where: { id } });
    if (!own) return "stays";
    // It may have been handed to this line a moment ago.
    if (!isMaker && !own.isMaker) {
      await tx.ingestedImage.delete({ where: { id } });
      return "stays";
    }
    const other = await findOther(tx, { id, key, now: clock.now() });
    if (other?.isComing) return "busy";
    if (other) {
      await tx.ingestedImage.update({ where: { id: other.id }, data: { isMaker: true, mark: own.mark } });
      await tx.ingestedImage.delete({ where: { id } });
      return "stays";
    }
    const image = await tx.image.findFirst({ where: { key, goneAt: null }, select: heldBy });
    const reason = image && whyHeld(image);
    if (reason) return { reason };
    await tx.ingestedImage.update({ where: { id }, data: { removingRunId: context.runId } });
    return { last: own };
  });
}

async function forget(tx: Tx, claims: Claim[], at: Date): Promise<void> {
  for (const { id, key } of claims) {
    await tx.ingestedImage.deleteMany({ where: { id } });
    await tx.image.updateMany({ where: { key }, data: { thumbnailEtag: null } });
    await tx.image.updateMany({ where: { key, goneAt: null }, data: { goneAt: at } });
  }
}

const busy = (key: string) => ({
  outcome: "failed" as const,
  errorClass: "busy",
  error: `${quoteKey(key)} is just being given to another line, too. Retry it.`,
  retryable: true,
});
