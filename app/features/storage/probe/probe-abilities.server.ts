import { type ProbedAbilities, VERSION_RIGHTS } from "~/features/storage/abilities";
import { isStorageError } from "~/features/storage-failure";
import type { Storage } from "~/ports/storage.server";
import {
  checkCopyIfAbsent,
  checkCopyIfMatch,
  checkDeleteIfMatch,
  checkPutIfAbsent,
  isDoubt,
} from "./probe-conditions.server";
import {
  checkAcl,
  checkContentMd5,
  checkDeleteMany,
  checkTags,
  checkVersions,
  useVersionRights,
} from "./probe-extras.server";
import { openProbeFolder, type ProbeFolder } from "./probe-folder.server";

/** A probe makes about a hundred small calls; a store that needs longer than this for them is told as not answering. */
const PROBE_MS = 30_000;

/** A store may give one odd answer: an ability is what two answers agree on, out of this many at most. */
const ANSWERS = 4;

/**
 * Finds out what a store does by doing it, with objects of the probe's own that it takes away again. An answer that
 * contradicts itself, a fault or a timeout is no answer: the ability is then "unknown", with the reason among `doubts`.
 * @throws StorageError when there is nothing to probe: no connection, no such bucket, wrong credentials
 */
export async function probeAbilities(storage: Storage, signal: AbortSignal): Promise<ProbedAbilities> {
  const folder = openProbeFolder(storage, AbortSignal.any([signal, AbortSignal.timeout(PROBE_MS)]));
  const probed = await probe(storage, folder).catch(async (error: unknown) => {
    await folder.remove({ keepsVersions: true });
    throw error;
  });
  const leftovers = await folder.remove({ keepsVersions: probed.versions !== "off" });
  const missingRights = folder.missingRights();
  const isMissing = VERSION_RIGHTS.some((right) => missingRights.includes(right));
  return { ...probed, ...(isMissing && { versionRights: "missing" }), missingRights, leftovers };
}

async function probe(
  storage: Storage,
  folder: ProbeFolder,
): Promise<Omit<ProbedAbilities, "missingRights" | "leftovers">> {
  const failures = await tryBasicCalls(storage, folder);
  const doubts: string[] = [];
  const ask = async <T, Unknown>(name: string, unknown: Unknown, check: () => Promise<T>): Promise<T | Unknown> => {
    const reason = failures.some(({ call }) => call === "put") ? "Nothing could be written." : null;
    const agreed = reason === null ? await askUntilAgreed(check) : { doubt: reason };
    if ("answer" in agreed) return agreed.answer;
    doubts.push(`${name}: ${agreed.doubt}`);
    return unknown;
  };
  const versions = await ask("Versions", "unknown" as const, () => checkVersions(storage, folder));
  const [created, copyIfAbsent, copyIfMatch, deleteIfMatch, deleteMany, contentMd5, tags, acl, versionRights] =
    await Promise.all([
      ask("Put-if-absent", { putIfAbsent: "unknown", afterDelete: "unknown" } as const, () => checkPutIfAbsent(folder)),
      ask("Copy-if-absent", "unknown" as const, () => checkCopyIfAbsent(folder)),
      ask("Copy-if-match", "unknown" as const, () => checkCopyIfMatch(folder)),
      ask("Delete-if-match", "unknown" as const, () => checkDeleteIfMatch(folder)),
      ask("DeleteObjects", "unknown" as const, () => checkDeleteMany(storage, folder)),
      ask("Content-MD5", "unknown" as const, () => checkContentMd5(folder)),
      ask("Tags", "unknown" as const, () => checkTags(storage, folder)),
      ask("ACL", "unknown" as const, () => checkAcl(storage, folder)),
      versions === "off"
        ? ("unknown" as const)
        : ask("Rights", "unknown" as const, () => useVersionRights(storage, folder)),
    ]);
  return {
    ...created,
    versions,
    versionRights,
    copyIfAbsent,
    copyIfMatch,
    deleteIfMatch,
    deleteMany,
    contentMd5,
    tags,
    acl,
    failures,
    doubts,
  };
}

/** @throws StorageError when not even a first call could be made */
async function tryBasicCalls(storage: Storage, folder: ProbeFolder): Promise<ProbedAbilities["failures"]> {
  const { signal, withRight } = folder;
  const failures: ProbedAbilities["failures"] = [];
  const attempt = async (call: ProbedAbilities["failures"][number]["call"], work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      if (!isStorageError(error)) throw error;
      const isBeginning = call === "list" ? error.code !== "denied" : call === "put" && failures.length > 0;
      if (isBeginning || error.retryable || error.code === "no-bucket") throw error;
      failures.push({ call, sentence: error.message });
    }
  };
  const [key, copy] = [folder.newKey("object"), folder.newKey("copy")];
  await attempt("list", () => withRight("s3:ListBucket", storage.check({ signal })));
  await attempt("put", () => folder.put(key, "object"));
  if (failures.some(({ call }) => call === "put")) return failures;
  await attempt("get", () => folder.read(key));
  await attempt("copy", () => folder.copy(key, copy));
  await attempt("delete", () => folder.delete(copy));
  return failures;
}

async function askUntilAgreed<T>(check: () => Promise<T>): Promise<{ answer: T } | { doubt: string }> {
  const given = new Set<string>();
  let doubt = "its answers contradict each other.";
  for (let asked = 0; asked < ANSWERS; asked += 1) {
    try {
      const answer = await check();
      const asText = JSON.stringify(answer);
      if (given.has(asText)) return { answer };
      given.add(asText);
    } catch (error) {
      if (!isDoubt(error)) throw error;
      doubt = error.message;
    }
  }
  return { doubt };
}
