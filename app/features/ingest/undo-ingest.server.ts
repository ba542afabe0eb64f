import { thumbnailKey } from "~/features/images/thumbnail-key.server";
import type { ItemContext, OpenItem, Undo } from "~/features/job-runs/kinds/handler";
import { deleteOwn } from "~/features/storage/delete-own.server";
import { storageFailure } from "~/features/storage-failure";
import type { Db, Tx } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import { quoteKey } from "~/quote";
import { ingested } from "./ingest-images";

/**
 * Takes away the images that an ingest put there, with their thumbnails. What lay there before it stays, and so does what a line
 * of another run stands for, too, or what people have labeled since.
 */
export const undoIngest: Undo<unknown> = {
  async findConflicts({ db }, items) {
    return Promise.all(items.map((item) => findConflict(db, item)));
  },

  async restore(ports, item, context) {
    const { db, clock } = ports;
    const conflict = await findConflict(db, item);
    if (conflict !== null) return { outcome: "skipped", reason: conflict };
    const { key, etag } = ingested.parse(item.before);
    const line = { runId: await undoneRun(db, context.runId), line: Number(item.subject) };
    const forget = (tx: Tx) => tx.ingestedImage.deleteMany({ where: line });
    if (!(await isLast(ports, { ...line, key }, context))) {
      return { outcome: "succeeded", after: { stays: true }, write: forget };
    }
    const { signal } = context;
    try {
      if ((await deleteOwn(ports, { key, etag }, signal)) === "another's") {
        return { outcome: "skipped", reason: `${quoteKey(key)} has changed since.` };
      }
      await deleteOwn(ports, { key: thumbnailKey(key) }, signal);
    } catch (error) {
      return storageFailure(error);
    }
    return {
      outcome: "succeeded",
      after: { stays: false },
      async write(tx) {
        await forget(tx);
        const gone = { goneAt: clock.now(), thumbnailEtag: null };
        await tx.image.updateMany({ where: { key, etag, goneAt: null }, data: gone });
      },
    };
  },
};

async function findConflict(db: Db, item: OpenItem): Promise<string | null> {
  const made = ingested.safeParse(item.before).data;
  if (!made) return `Line ${item.subject}: what was taken away comes back by ingesting the list again.`;
  const { key, etag } = made;
  const row = await db.image.findUnique({
    where: { key },
    select: { etag: true, goneAt: true, _count: { select: { labels: true } } },
  });
  if (!row || row.goneAt !== null) return null;
  if (row.etag !== etag) return `${quoteKey(key)} has changed since.`;
  return row._count.labels > 0 ? `${quoteKey(key)} has labels by now, so it stays.` : null;
}

async function undoneRun(db: Db, runId: number): Promise<number> {
  const { undoOfId } = await db.jobRun.findUniqueOrThrow({ where: { id: runId }, select: { undoOfId: true } });
  if (undoOfId === null) throw new Error(`Run ${runId} undoes nothing.`);
  return undoOfId;
}

/**
 * Whether the image was put there for this line and no other line stands for it. Where another does, that one takes it over: the
 * last one that is put back takes the image away.
 * @throws LeaseLost
 */
function isLast(
  { db }: Pick<Ports, "db">,
  { runId, line, key }: { runId: number; line: number; key: string },
  context: ItemContext<unknown>,
): Promise<boolean> {
  return db.$write(async (tx) => {
    await context.hold(tx);
    const own = await tx.ingestedImage.findFirst({ where: { runId, line, key, isMaker: true }, select: { id: true } });
    if (!own) return false;
    const other = await tx.ingestedImage.findFirst({
      where: { key, etag: { not: null }, id: { not: own.id } },
      orderBy: { id: "asc" },
      select: { id: true },
    });
    if (!other) return true;
    await tx.ingestedImage.update({ where: { id: other.id }, data: { isMaker: true } });
    await tx.ingestedImage.delete({ where: { id: own.id } });
    return false;
  });
}
