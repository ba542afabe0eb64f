import { randomBytes } from "node:crypto";
import type { IngestExtension } from "~/features/images/ingest-layout";
import type { ItemContext } from "~/features/job-runs/kinds/handler";
import type { Tx } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import { findIndexed, findRival, findSame, isLeaving } from "./claims.sql.server";
import type { IngestItem } from "./ingest-images";
import { ingestKey, ingestPlace, isOnlyOne, parseIngestKey } from "./keys/ingest-key";
import { rememberSlugs } from "./keys/topic-slugs.sql.server";

/** Bytes that were judged, of an item. */
type Judged = { wanted: IngestItem; seq: number; sha256: string; extension: IngestExtension };

/** The key that a line has for its bytes. `isShared`: the owner has them already, under the key of another topic or role. */
export type Claim = { id: number; key: string; isShared: boolean };

/** Why a line has no key; `isPassing`: that may be over in a moment. */
type Refused = { takenKey: string; isPassing: boolean };

type Deps = Pick<Ports, "db" | "clock">;

/**
 * Gives bytes their key, and notes that this line of the run is about to put them there: the one that their owner has them under
 * already, else one of their own. From then on no other line gets that key for other bytes, and every line that has the same
 * bytes gets this one.
 * @param alone true: the key of its own, since what was to be shared turned out to be something else
 * @throws LeaseLost
 */
export function claimKey(
  { db, clock }: Deps,
  { wanted, seq, sha256, extension }: Judged,
  context: ItemContext<unknown>,
  alone = false,
): Promise<Claim | Refused> {
  const { owner, topic, role, line, sourceHash } = wanted;
  const { runId } = context;
  return db.$write(async (tx) => {
    await context.hold(tx);
    const now = clock.now();
    const slug = topic === null ? null : await slugOf(tx, owner, topic, now);
    const own = ingestKey({ owner, slug, role, extension, hash: sha256 });
    const place = ingestPlace({ slug, role });
    const same = alone ? null : await findHome(tx, { owner, sha256, now });
    const key = same ?? own;
    if (await isLeaving(tx, key, now)) return { takenKey: key, isPassing: true };
    if (same === null && isOnlyOne(role)) {
      const rival = await findRival(tx, { owner, place, key, sha256, runId, seq, now });
      if (rival) return { takenKey: rival.key, isPassing: rival.isComing };
    }
    const claim = { seq, ownerId: owner, place, sourceHash, sha256, key };
    // One that it made before keeps its mark: what it put there is its own.
    const { id } = await tx.ingestedImage.upsert({
      where: { runId_line_key: { runId, line, key } },
      create: { runId, line, ...claim },
      update: { seq, sha256, removingRunId: null },
      select: { id: true },
    });
    return { id, key, isShared: key !== own };
  });
}

/**
 * Notes that the object is put now, under the lease. From then on the claim stays, however the item ends: something may be there.
 * @returns what tells the object for this line's
 * @throws LeaseLost
 */
export function beginPut({ db }: Deps, { id }: Claim, context: ItemContext<unknown>): Promise<string> {
  return db.$write(async (tx) => {
    await context.hold(tx);
    const { mark } = await tx.ingestedImage.findUniqueOrThrow({ where: { id }, select: { mark: true } });
    if (mark !== null) return mark;
    const fresh = randomBytes(12).toString("hex");
    await tx.ingestedImage.update({ where: { id }, data: { mark: fresh } });
    return fresh;
  });
}

/** Claims of an item that ended without anything of its own in the bucket. */
export const dropIdleClaims = (tx: Tx, { runId, line }: { runId: number; line: number }) =>
  tx.ingestedImage.deleteMany({ where: { runId, line, etag: null, mark: null } });

async function slugOf(tx: Tx, owner: string, topic: string, at: Date): Promise<string> {
  const slug = (await rememberSlugs(tx, owner, [topic], at)).get(topic);
  if (slug === undefined) throw new Error("A topic that was remembered has no slug.");
  return slug;
}

async function findHome(tx: Tx, same: { owner: string; sha256: string; now: Date }): Promise<string | null> {
  const claimed = await findSame(tx, same);
  if (claimed !== null) return claimed;
  return (await findIndexed(tx, same)).find((key) => parseIngestKey(key)?.owner === same.owner) ?? null;
}
