/**
 * An audit's rows, in SQLite's dialect: groups and findings travel as one JSON parameter each, so that a root of
 * thousands of groups is a short transaction.
 */
import { z } from "zod";
import type { Db, Tx } from "~/ports/db.server";
import type { AuditedGroup } from "./audit-listing";
import type { NewFinding } from "./group-findings";
import { type ObjectListing, toListing } from "./object-listing.server";

/** The columns of "Group" that a listing tells, in the order in which `groupRows` gives them. */
type GroupRow = [
  prefix: string,
  name: string,
  attributes: string | null,
  problem: string | null,
  objects: number,
  images: number,
  bytes: number,
  newestAt: number | null,
  referenceKey: string | null,
  referenceEtag: string | null,
  listingHash: string,
];

export function toGroupRow({ prefix, name, reading, objects, images, reference }: AuditedGroup): GroupRow {
  return [
    prefix,
    name,
    reading.attributes && JSON.stringify(reading.attributes),
    reading.attributes ? null : reading.problem,
    objects.length,
    images.length,
    objects.reduce((sum, object) => sum + object.bytes, 0),
    objects.reduce<number | null>((newest, { modifiedAt }) => Math.max(newest ?? 0, modifiedAt.getTime()), null),
    reference?.key ?? null,
    reference?.etag ?? null,
    toListing(prefix, objects).hash,
  ];
}

/** True when the snapshot's groups are exactly these. */
export async function hasSameGroups(tx: Tx, snapshotId: number, rows: GroupRow[]): Promise<boolean> {
  const found = await tx.$queryRaw`
    SELECT (SELECT count(*) FROM "Group" WHERE "snapshotId" = ${snapshotId}) AS "stored",
           (SELECT count(*) FROM (
             SELECT "prefix", "name", "attributes", "problem", "objects", "images", "bytes", "newestAt",
                    "referenceKey", "referenceEtag", "listingHash" FROM "Group" WHERE "snapshotId" = ${snapshotId}
             INTERSECT
             SELECT g."value"->>0, g."value"->>1, g."value"->>2, g."value"->>3, g."value"->>4, g."value"->>5,
                    g."value"->>6, g."value"->>7, g."value"->>8, g."value"->>9, g."value"->>10
               FROM json_each(${JSON.stringify(rows)}) g)) AS "same"`;
  const [{ stored, same }] = z.tuple([z.object({ stored: z.coerce.number(), same: z.coerce.number() })]).parse(found);
  return stored === rows.length && same === rows.length;
}

export async function insertGroups(tx: Tx, snapshotId: number, rows: GroupRow[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Group" ("snapshotId", "prefix", "name", "attributes", "problem", "objects", "images", "bytes",
                         "newestAt", "referenceKey", "referenceEtag", "listingHash")
    SELECT ${snapshotId}, g."value"->>0, g."value"->>1, g."value"->>2, g."value"->>3, g."value"->>4, g."value"->>5,
           g."value"->>6, g."value"->>7, g."value"->>8, g."value"->>9, g."value"->>10
      FROM json_each(${JSON.stringify(rows)}) g`;
}

/** A listing is written in a transaction with others of this size together, so that no write blocks others for long. */
const LISTINGS_CHARACTERS = 250_000;

/**
 * Keeps listings that are not known yet. They come before the snapshot that names them; one that no snapshot comes to
 * name (the process ended in between) is found by the next audit that sees the same.
 */
export async function insertListings(db: Db, listings: ObjectListing[]): Promise<void> {
  const hashes = JSON.stringify(listings.map(({ hash }) => hash));
  const known = await db.$queryRaw<{ hash: string }[]>`
    SELECT "hash" FROM "ObjectListing" WHERE "hash" IN (SELECT "value" FROM json_each(${hashes}))`;
  const unknown = new Map(listings.map((listing) => [listing.hash, listing]));
  for (const { hash } of known) unknown.delete(hash);
  let waiting: ObjectListing[] = [];
  let characters = 0;
  const write = async () => {
    await db.$executeRaw`
      INSERT INTO "ObjectListing" ("hash", "objects")
      SELECT l."value"->>'hash', l."value"->>'objects' FROM json_each(${JSON.stringify(waiting)}) l WHERE true
          ON CONFLICT ("hash") DO NOTHING`;
    waiting = [];
    characters = 0;
  };
  for (const listing of unknown.values()) {
    waiting.push(listing);
    characters += listing.objects.length;
    if (characters >= LISTINGS_CHARACTERS) await write();
  }
  if (waiting.length > 0) await write();
}

/**
 * A finding that the last audit saw too stays as it is and is only refreshed; one that had closed is a new occurrence,
 * which nobody has ignored yet; what this audit did not see closes.
 */
export async function recordFindings(
  tx: Tx,
  audit: { root: string; snapshotId: number; findings: NewFinding[]; at: Date },
): Promise<void> {
  const at = audit.at.getTime();
  const rows = JSON.stringify(
    audit.findings.map(({ type, severity, subject, sentence, evidence }) => [
      type,
      severity,
      subject,
      sentence,
      JSON.stringify(evidence),
    ]),
  );
  await tx.$executeRaw`
    INSERT INTO "Finding" ("root", "type", "severity", "subject", "sentence", "evidence",
                           "firstSnapshotId", "lastSnapshotId", "firstSeenAt", "lastSeenAt")
    SELECT ${audit.root}, f."value"->>0, f."value"->>1, f."value"->>2, f."value"->>3, f."value"->>4,
           ${audit.snapshotId}, ${audit.snapshotId}, ${at}, ${at}
      FROM json_each(${rows}) f WHERE true
        ON CONFLICT ("root", "type", "subject") DO UPDATE SET "severity" = excluded."severity",
           "sentence" = excluded."sentence", "evidence" = excluded."evidence",
           "lastSnapshotId" = excluded."lastSnapshotId", "lastSeenAt" = excluded."lastSeenAt",
           "firstSnapshotId" = iif("closedAt" IS NULL, "firstSnapshotId", excluded."firstSnapshotId"),
           "firstSeenAt" = iif("closedAt" IS NULL, "firstSeenAt", excluded."firstSeenAt"),
           "ignoredAt" = iif("closedAt" IS NULL, "ignoredAt", NULL),
           "ignoredBy" = iif("closedAt" IS NULL, "ignoredBy", NULL),
           "ignoredByName" = iif("closedAt" IS NULL, "ignoredByName", NULL),
           "ignoreReason" = iif("closedAt" IS NULL, "ignoreReason", NULL), "closedAt" = NULL`;
  await tx.$executeRaw`
    UPDATE "Finding" SET "closedAt" = ${at}
     WHERE "root" = ${audit.root} AND "closedAt" IS NULL AND "lastSeenAt" <> ${at}`;
}
