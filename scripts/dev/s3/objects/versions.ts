import { randomBytes } from "node:crypto";
import type { S3Context } from "../s3-context";
import type { BucketRow, ObjectRow, Traits } from "./index-schema";
import type { VersionRow } from "./version-index";

/** The id of what is written while a bucket keeps no versions (or none any more). */
export const NULL_VERSION = "null";

/** What a write or a delete did, as headers tell it: the version that it made or removed, and whether that is a delete marker. */
export type VersionChange = { versionId?: string; isMarker?: boolean };

export function versioningOf({ manners }: S3Context, bucket: BucketRow): BucketRow["versioning"] {
  if (manners.versions === "none") return "never";
  return manners.versions === "always" ? "Enabled" : bucket.versioning;
}

/**
 * An id of 32 characters that also tells the version's age, so that a listing can go on behind a version which was removed
 * in the meantime.
 */
function newVersionId(age: number): string {
  const id = randomBytes(24);
  id.writeInt32BE(age, 20);
  return id.toString("base64url");
}

export const isVersionId = (text: string) => text === NULL_VERSION || /^[\w-]{32}$/.test(text);

export const ageOfVersionId = (id: string) => Buffer.from(id, "base64url").readInt32BE(20);

/** A version by its id; without one the latest, which may be a delete marker. */
export function findVersion({ index }: S3Context, bucket: string, key: string, versionId?: string) {
  const current = index.object(bucket, key);
  if (current && (versionId === undefined || versionId === current.versionId)) {
    return { ...current, isMarker: 0 } satisfies VersionRow;
  }
  return versionId === undefined ? index.versions.newest(bucket, key) : index.versions.find(bucket, key, versionId);
}

/** Puts an object in place of the former one, which stays as a version where those are kept. Within the caller's transaction. */
export function storeVersion(
  context: S3Context,
  bucket: BucketRow,
  object: Traits & Pick<ObjectRow, "key" | "bodyId" | "bytes" | "etag">,
): ObjectRow {
  const versioning = versioningOf(context, bucket);
  const age = makeRoom(context, bucket, object.key, versioning);
  // Whole seconds: listings and Last-Modified then agree, as they do at AWS.
  const modifiedAt = Math.floor(Date.now() / 1_000) * 1_000;
  const versionId = versioning === "Enabled" ? newVersionId(age) : NULL_VERSION;
  const row = { modifiedAt, versionId, age, ...object };
  context.index.putObject(bucket.name, row);
  return row;
}

/** DELETE without a version id: removes the object, or hides it behind a delete marker where versions are kept. */
export function hideOrRemove(context: S3Context, bucket: BucketRow, key: string): VersionChange {
  const { index, manners } = context;
  const versioning = versioningOf(context, bucket);
  if (versioning === "Enabled" && !manners.stacksMarkers && findVersion(context, bucket.name, key)?.isMarker) return {};
  const age = makeRoom(context, bucket, key, versioning);
  index.removeObject(bucket.name, key);
  if (versioning === "never") return {};
  const versionId = versioning === "Enabled" ? newVersionId(age) : NULL_VERSION;
  const traits = { headers: "{}", storageClass: "STANDARD", tags: null, acl: null };
  const marker = {
    key,
    versionId,
    age,
    bodyId: 0,
    bytes: 0,
    etag: "",
    modifiedAt: Date.now(),
    ...traits,
    isMarker: 1 as const,
  };
  index.versions.add(bucket.name, marker);
  return { versionId, isMarker: true };
}

/** DELETE of one version: for good. What was under it comes to light. */
export function removeVersion(context: S3Context, bucket: string, key: string, versionId: string): VersionChange {
  const { index } = context;
  const row = findVersion(context, bucket, key, versionId);
  if (!row) return context.manners.namesVersions ? { versionId } : {};
  if (index.object(bucket, key)?.versionId === versionId) index.removeObject(bucket, key);
  else index.versions.remove(bucket, row);
  release(context, row);
  const newest = index.object(bucket, key) ? undefined : index.versions.newest(bucket, key);
  if (newest && !newest.isMarker) {
    index.versions.remove(bucket, newest);
    index.putObject(bucket, newest);
  }
  return { versionId, isMarker: row.isMarker === 1 };
}

/** Gives a version other tags or another ACL. */
export function changeTraits({ index }: S3Context, bucket: string, { isMarker, ...row }: VersionRow) {
  if (index.object(bucket, row.key)?.versionId === row.versionId) index.putObject(bucket, row);
  else index.versions.update(bucket, { ...row, isMarker });
}

/** Moves the current object among the versions or, where none are kept, removes it; returns the age of what comes next. */
function makeRoom(context: S3Context, bucket: BucketRow, key: string, versioning: BucketRow["versioning"]): number {
  const { index } = context;
  const current = index.object(bucket.name, key);
  const latest = current ?? index.versions.newest(bucket.name, key);
  // There is one null version of a key at most.
  if (versioning !== "Enabled") {
    const former = findVersion(context, bucket.name, key, NULL_VERSION);
    if (former && former.age !== current?.age) index.versions.remove(bucket.name, former);
    if (former) release(context, former);
  }
  if (current && (versioning === "Enabled" || current.versionId !== NULL_VERSION)) {
    index.versions.add(bucket.name, { ...current, isMarker: 0 });
  }
  return (latest?.age ?? 0) - 1;
}

function release({ bodies }: S3Context, row: VersionRow) {
  if (!row.isMarker) bodies.release(row.bodyId);
}
