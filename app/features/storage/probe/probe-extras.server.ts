import type { ProbedAbilities } from "~/features/storage/abilities";
import { isStorageError } from "~/features/storage-failure";
import type { Storage } from "~/ports/storage.server";
import { Doubt, type ProbeFolder } from "./probe-folder.server";

/** What the bucket says; a store that cannot say keeps none. */
export async function checkVersions(storage: Storage, folder: ProbeFolder): Promise<ProbedAbilities["versions"]> {
  const { signal, withRight } = folder;
  try {
    return await withRight("s3:GetBucketVersioning", storage.versioning({ signal }));
  } catch (error) {
    if (!isStorageError(error)) throw error;
    if (error.code === "not-implemented") return "off";
    if (error.code !== "denied") throw error;
    const { versionId } = await folder.put(folder.newKey("version"), "version");
    return versionId !== null && versionId !== "null" ? "enabled" : "unknown";
  }
}

/** Uses each of VERSION_RIGHTS; which of them are refused the folder then knows. */
export async function useVersionRights(storage: Storage, folder: ProbeFolder): Promise<"granted"> {
  const { signal, withRight } = folder;
  const key = folder.newKey("versions");
  const { versionId } = await folder.put(key, "older");
  await folder.put(key, "newer");
  const listed = await unlessDenied(withRight("s3:ListBucketVersions", storage.versions(key, { signal })));
  const older = versionId ?? listed?.at(-1)?.versionId;
  if (listed?.length === 0) throw new Doubt("A version that was just written was not listed.");
  if (older === undefined) return "granted";
  await unlessDenied(withRight("s3:GetObjectVersion", storage.get(key, { versionId: older, signal })));
  await unlessDenied(withRight("s3:DeleteObjectVersion", storage.delete(key, { versionId: older, signal })));
  return "granted";
}

async function unlessDenied<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (isStorageError(error) && error.code === "denied") return null;
    throw error;
  }
}

export async function checkDeleteMany(storage: Storage, folder: ProbeFolder): Promise<ProbedAbilities["deleteMany"]> {
  const keys = [folder.newKey("delete-1"), folder.newKey("delete-2")];
  for (const key of keys) await folder.put(key, "many");
  const stayed = await storage.deleteMany(keys, { askAgain: true, signal: folder.signal });
  if (stayed[0]) throw new Doubt(stayed[0].reason);
  return storage.deletesOneByOne ? "one-by-one" : "works";
}

export async function checkContentMd5(folder: ProbeFolder): Promise<ProbedAbilities["contentMd5"]> {
  try {
    await folder.put(folder.newKey("no-checksum"), "text", { checksum: false });
    return "optional";
  } catch (error) {
    if (isStorageError(error) && error.code === "invalid") return "wanted";
    throw error;
  }
}

export async function checkTags(storage: Storage, folder: ProbeFolder): Promise<ProbedAbilities["tags"]> {
  const { signal, withRight } = folder;
  const key = folder.newKey("tags");
  await folder.put(key, "tags");
  const kept = await whatIsKept(async () => {
    await withRight("s3:PutObjectTagging", storage.writeTags(key, { probe: "1" }, { signal }));
    const tags = await withRight("s3:GetObjectTagging", storage.readTags(key, { signal }));
    return tags.probe === "1";
  });
  if (kept !== "kept") return kept;
  return (await storage.head(key, { signal }))?.tagCount === 1 ? "kept" : "uncounted";
}

/** Writes back what is read: whoever moves an object needs no more, and no one gains a right. */
export async function checkAcl(storage: Storage, folder: ProbeFolder): Promise<ProbedAbilities["acl"]> {
  const { signal, withRight } = folder;
  const key = folder.newKey("acl");
  await folder.put(key, "acl");
  return whatIsKept(async () => {
    const acl = await withRight("s3:GetObjectAcl", storage.readAcl(key, { signal }));
    await withRight("s3:PutObjectAcl", storage.writeAcl(key, acl, { signal }));
    return true;
  });
}

async function whatIsKept(roundTrip: () => Promise<boolean>): Promise<ProbedAbilities["acl"]> {
  try {
    return (await roundTrip()) ? "kept" : "not-implemented";
  } catch (error) {
    if (!isStorageError(error)) throw error;
    if (error.code === "denied") return "denied";
    if (error.code === "acl-disabled") return "disabled";
    if (error.code === "not-implemented" || error.code === "invalid") return "not-implemented";
    throw error;
  }
}
