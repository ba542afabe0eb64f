import { createHash } from "node:crypto";
import type { IngestExtension } from "~/features/images/ingest-layout";
import type { ItemContext } from "~/features/job-runs/kinds/handler";
import { underWay } from "~/features/job-runs/status";
import type { Tx } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import type { IngestLine } from "./ingest-images";
import { idOfSource } from "./ingest-source";
import { ingestKey, ingestPlace, parseIngestKey } from "./keys/ingest-key";
import { rememberSlugs } from "./keys/topic-slugs.sql.server";

/** Bytes that were judged, of a line. */
type Judged = { wanted: IngestLine; line: number; sha256: string; extension: IngestExtension };

/** `isShared`: the owner has these bytes already, under the key of another topic or role. */
export type Claimed = { key: string; isShared: boolean } | { takenKey: string };

/** By what a source is known again: its own name may be long, and a credential. */
export const hashOfSource = (wanted: Pick<IngestLine, "source">): string =>
  createHash("sha256").update(idOfSource(wanted.source)).digest("hex");

/**
 * Gives bytes their key, and notes that this line of the run is about to put them there: the one that their owner has them under
 * already, else one of their own. From then on no other line gets that key for other bytes, and every line that has the same
 * bytes gets this one.
 * @throws LeaseLost
 */
export function claimKey(
  { db, clock }: Pick<Ports, "db" | "clock">,
  { wanted, line, sha256, extension }: Judged,
  context: ItemContext<unknown>,
): Promise<Claimed> {
  const { owner, topic, role } = wanted;
  const { runId } = context;
  return db.$write(async (tx) => {
    await context.hold(tx);
    const slug = topic === null ? null : await slugOf(tx, owner, topic, clock.now());
    const own = ingestKey({ owner, slug, role, extension, hash: sha256 });
    const key = (await findStanding(tx, { owner, sha256, runId })) ?? own;
    if (await isTaken(tx, { key, sha256, runId })) return { takenKey: key };
    const claim = { sha256, key, etag: null, isMaker: false, runId, line };
    const place = { ownerId: owner, place: ingestPlace({ slug, role }), sourceHash: hashOfSource(wanted) };
    const former = await tx.ingestedImage.findUnique({ where: { ownerId_place_sourceHash: place } });
    // The same line twice in one list: the first one's stands for both.
    if (former?.runId !== runId || former.line === line) {
      await tx.ingestedImage.upsert({
        where: { ownerId_place_sourceHash: place },
        create: { ...place, ...claim },
        update: claim,
      });
    }
    return { key, isShared: key !== own };
  });
}

async function slugOf(tx: Tx, owner: string, topic: string, at: Date): Promise<string> {
  const slug = (await rememberSlugs(tx, owner, [topic], at)).get(topic);
  if (slug === undefined) throw new Error("A topic that was remembered has no slug.");
  return slug;
}

type Bytes = { sha256: string; runId: number };

/** A claim counts once its image is there, and while the run goes on that will put it there. */
const stands = ({ runId }: Pick<Bytes, "runId">) => ({
  OR: [{ etag: { not: null } }, { runId }, { run: { status: { in: [...underWay] } } }],
});

/** Where this owner has these bytes, or will have them, among the keys that are given here. */
async function findStanding(tx: Tx, { owner, ...bytes }: Bytes & { owner: string }): Promise<string | null> {
  const { sha256 } = bytes;
  const claims = await tx.ingestedImage.findMany({
    where: { ownerId: owner, sha256, ...stands(bytes) },
    orderBy: { id: "asc" },
    select: { key: true, etag: true },
  });
  for (const { key, etag } of claims) {
    if (etag === null || (await tx.image.count({ where: { key, etag, goneAt: null } })) > 0) return key;
  }
  // From before this database was: the bucket is the truth.
  const images = await tx.image.findMany({
    where: { sha256, goneAt: null },
    orderBy: { id: "asc" },
    select: { key: true },
  });
  return images.find(({ key }) => parseIngestKey(key)?.owner === owner)?.key ?? null;
}

/** Whether another line is about to put other bytes there. What lies there already is seen when it is looked at. */
async function isTaken(tx: Tx, { key, ...bytes }: Bytes & { key: string }): Promise<boolean> {
  const { sha256 } = bytes;
  return (await tx.ingestedImage.count({ where: { key, sha256: { not: sha256 }, etag: null, ...stands(bytes) } })) > 0;
}

/** A line that ended without its image there has no claim any more. */
export const dropClaim = (tx: Tx, { runId, line }: { runId: number; line: number }) =>
  tx.ingestedImage.deleteMany({ where: { runId, line, etag: null } });
