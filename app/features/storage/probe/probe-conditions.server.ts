import { isKnownError } from "~/features/known-error";
import type { Condition, ProbedAbilities } from "~/features/storage/abilities";
import { isStorageError } from "~/features/storage-failure";
import { Doubt, type ProbeFolder } from "./probe-folder.server";

const WRITERS_AT_ONCE = 4;

/** The ETag of nothing that a probe puts. */
const OTHER_ETAG = "0".repeat(32);

type Answer = "done" | "condition-failed" | "refused";

/** What a request with a condition came to. Anything that is no answer to the condition (no right, no connection) is thrown. */
async function answerTo(call: Promise<unknown>): Promise<Answer> {
  try {
    await call;
    return "done";
  } catch (error) {
    if (!isStorageError(error)) throw error;
    if (error.code === "exists" || error.code === "changed") return "condition-failed";
    if (error.code === "not-implemented" || error.code === "invalid") return "refused";
    throw error;
  }
}

/** Put-if-absent, judged by what lies there afterwards, and whether a deleted key counts as free. */
export async function checkPutIfAbsent(
  folder: ProbeFolder,
): Promise<Pick<ProbedAbilities, "putIfAbsent" | "afterDelete">> {
  const key = folder.newKey("put-if-absent");
  const create = (text: string) => answerTo(folder.put(key, text, { createOnly: true }));
  const first = await create("first");
  if (first === "refused") return { putIfAbsent: "refused", afterDelete: "unknown" };
  if (first === "condition-failed") throw new Doubt("A key that was never used counted as taken.");
  const second = await create("second");
  const text = await folder.read(key);
  if (text !== "first" && text !== "second") throw new Doubt("What was written with If-None-Match was not found.");
  if (second === "done" && text === "first") throw new Doubt("A write was reported as done, and was not there.");
  const isHonored = second === "condition-failed" && text === "first" && (await isAtomic(folder));
  return { putIfAbsent: isHonored ? "honored" : "ignored", afterDelete: await checkAfterDelete(folder, key) };
}

/** Of several writers at once exactly one may be told that the key is its own. */
async function isAtomic(folder: ProbeFolder): Promise<boolean> {
  const key = folder.newKey("writers-at-once");
  const writers = Array.from({ length: WRITERS_AT_ONCE }, (_, n) => `writer ${n}`);
  const answers = await Promise.all(writers.map((text) => answerTo(folder.put(key, text, { createOnly: true }))));
  const winners = writers.filter((_, n) => answers[n] === "done");
  if (winners.length === 0) throw new Doubt("Of several writers at once none could write.");
  return winners.length === 1 && winners[0] === (await folder.read(key));
}

async function checkAfterDelete(folder: ProbeFolder, key: string): Promise<ProbedAbilities["afterDelete"]> {
  await folder.delete(key);
  const answer = await answerTo(folder.put(key, "third", { createOnly: true }));
  const text = await folder.read(key);
  if (answer === "done" && text === "third") return "free";
  if (answer === "condition-failed" && text === null) return "taken";
  throw new Doubt("After a delete, the key was neither free nor taken.");
}

export async function checkDeleteIfMatch(folder: ProbeFolder): Promise<Condition> {
  const key = folder.newKey("delete-if-match");
  const { etag } = await folder.put(key, "kept");
  const answer = await answerTo(folder.delete(key, { ifMatch: OTHER_ETAG }));
  const text = await folder.read(key);
  if (answer === "refused") return "refused";
  if (text === null) return "ignored";
  if (answer === "done") throw new Doubt("A delete was reported as done, and the object was still there.");
  if ((await answerTo(folder.delete(key, { ifMatch: etag }))) !== "done" || (await folder.read(key)) !== null) {
    throw new Doubt("A delete was refused although its condition held.");
  }
  return "honored";
}

export async function checkCopyIfAbsent(folder: ProbeFolder): Promise<Condition> {
  const [source, free, taken] = [folder.newKey("copy-source"), folder.newKey("copy-free"), folder.newKey("copy-taken")];
  await Promise.all([folder.put(source, "source"), folder.put(taken, "target")]);
  const toFree = await answerTo(folder.copy(source, free, { createOnly: true }));
  if (toFree === "refused") return "refused";
  const toTaken = await answerTo(folder.copy(source, taken, { createOnly: true }));
  if ((await folder.read(taken)) === "source") return "ignored";
  return judge({ held: toFree, failed: toTaken, copied: await folder.read(free) });
}

export async function checkCopyIfMatch(folder: ProbeFolder): Promise<Condition> {
  const [source, first, second] = [folder.newKey("copy-source"), folder.newKey("copy-1"), folder.newKey("copy-2")];
  const { etag } = await folder.put(source, "source");
  const held = await answerTo(folder.copy(source, first, { fromEtag: etag }));
  if (held === "refused") return "refused";
  const failed = await answerTo(folder.copy(source, second, { fromEtag: OTHER_ETAG }));
  if ((await folder.read(second)) !== null) return "ignored";
  return judge({ held, failed, copied: await folder.read(first) });
}

function judge({ held, failed, copied }: { held: Answer; failed: Answer; copied: string | null }): Condition {
  if (failed === "condition-failed" && held === "done" && copied === "source") return "honored";
  throw new Doubt("A copy with a condition was answered in a way that does not fit what lies there.");
}

export const isDoubt = (error: unknown): error is Error =>
  error instanceof Doubt || isKnownError(error, "StorageError");
