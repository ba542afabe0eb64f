import { count, dollars } from "~/features/format";
import { archivedFailure } from "~/features/images/archived.server";
import { toModelJpeg } from "~/features/images/read-image.server";
import type { ItemResult, OpenItem, RunContext } from "~/features/job-runs/handler";
import { classOf, isKnownError } from "~/features/known-error";
import { isAsPlanned } from "~/features/storage/is-as-planned.server";
import { isStorageError, storageFailure } from "~/features/storage/storage-failure";
import type { Tx } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import type { LabelResult, ModelImage } from "~/ports/model.server";
import { type PersonaAnswer, toProposedValues } from "./answer-schema";
import { type LabelRunScope, LONGEST_TURN_MS } from "./label-run";
import {
  type AnsweredCall,
  findKeptAnswer,
  reasonOf,
  recordTakenOver,
  reserveCall,
  settleCall,
} from "./model-calls.sql.server";
import { type OpenLabelRun, openLabelRun } from "./open-label-run.server";
import { requestHash } from "./prompt-versions.server";
import { MAX_ORIGINAL_BYTES } from "./shots.server";

/** A quota of a minute is waited for; one of a day is not: the item fails and may be asked about by a later run. */
const LONGEST_WAIT_MS = 2 * 60_000;

/**
 * Asks the model about one image. The call is reserved before it is made and settled as soon as it ends; its proposals
 * are written with the item's outcome. An answer that a dead worker left behind is used, not bought again
 * (docs/decisions/004-reserve-every-model-call.md).
 */
export async function labelImage(
  ports: Ports,
  item: OpenItem,
  { runId, signal }: RunContext<LabelRunScope>,
): Promise<ItemResult> {
  const run = await openLabelRun(ports, runId).catch(openFailure);
  if ("outcome" in run) return run;
  const key = item.label ?? item.subject;
  const question = {
    labelRunId: run.id,
    imageId: Number(item.subject),
    requestHash: requestHash(run.promptHash, item.etag ?? ""),
  };
  // Someone who retries an item wants a new answer.
  const kept = item.attempts === 0 ? await findKeptAnswer(ports, question) : null;
  if (kept) {
    const at = ports.clock.now();
    return toResult(ports, run, question.imageId, kept, async (tx) => {
      if (kept.isTakenOver) await recordTakenOver(tx, kept, { ...question, at });
    });
  }

  const original = await readOriginal(ports, { id: question.imageId, key, etag: item.etag ?? "" }, signal);
  if ("outcome" in original) return original;
  const jpeg = await toModelJpeg(original.body, run.content.settings.imageEdge);
  if (!jpeg.ok) return failed(jpeg.errorClass, jpeg.error);
  const result = await ask(ports, run, question, { bytes: jpeg.body, contentType: "image/jpeg" }, signal);
  if (result === null) {
    return { outcome: "skipped", reason: `The budget of ${dollars(run.budgetUsd ?? 0)} is spent` };
  }
  if (result.kind === "rate-limited") {
    const { reason, retryAfterMs } = result;
    return { ...failed("rate-limited", reason), retryable: retryAfterMs <= LONGEST_WAIT_MS, retryAfterMs };
  }
  if (result.kind === "failed") return { ...failed("model-failed", result.reason), retryable: result.retryable };
  const answered = { outcome: result.kind, reason: reasonOf(result), rawResponse: result.raw };
  return toResult(ports, run, question.imageId, answered);
}

/**
 * One answer, each call reserved and settled; null when the budget allows none. The lanes of a run share a quota, and one
 * may lose to the others time and again, so a quota that is used up for a minute does not end the attempt.
 */
async function ask(
  ports: Ports,
  run: OpenLabelRun,
  question: { labelRunId: number; imageId: number; requestHash: string },
  image: ModelImage,
  signal: AbortSignal,
): Promise<LabelResult<PersonaAnswer> | null> {
  const { budgetUsd, maxCallUsd: reservedUsd } = run;
  const giveUpAt = performance.now() + LONGEST_TURN_MS;
  for (;;) {
    await ports.model.whenReady(run.content.settings.model, signal);
    signal.throwIfAborted();
    const callId = await reserveCall(ports, { ...question, reservedUsd, budgetUsd });
    if (callId === null) return null;
    const result = await ports.model.label({ ...run.request(image), signal });
    await settleCall(ports, callId, result, run.price);
    const isForNow = result.kind === "rate-limited" && result.retryAfterMs <= LONGEST_WAIT_MS;
    if (!isForNow || performance.now() > giveUpAt) return result;
  }
}

/** An example that is not what it was, or a bucket that does not answer. */
function openFailure(error: unknown): ItemResult & { outcome: "failed" } {
  return isKnownError(error, "DomainError") ? failed(classOf(error), error.message) : storageFailure(error);
}

/** The object as it was planned, or why it is not asked about. */
async function readOriginal(
  { storage }: Ports,
  { id, key, etag }: { id: number; key: string; etag: string },
  signal: AbortSignal,
): Promise<{ body: Buffer } | ItemResult> {
  try {
    const { head, body } = await storage.get(key, { maxBytes: MAX_ORIGINAL_BYTES, signal });
    if (await isAsPlanned(storage, head, etag, signal)) return { body };
    return { outcome: "skipped", reason: "This image changed since the plan was made" };
  } catch (error) {
    if (isStorageError(error) && error.code === "not-found") {
      return { outcome: "skipped", reason: "This image is gone since the plan was made" };
    }
    if (isStorageError(error) && error.code === "archived") return archivedFailure({ id, key, etag }, error);
    return storageFailure(error);
  }
}

/** What an answer makes of the item. `call` was checked by the schema when it came. */
function toResult(
  { clock }: Ports,
  run: OpenLabelRun,
  imageId: number,
  call: AnsweredCall,
  alsoWrite?: (tx: Tx) => Promise<void>,
): ItemResult {
  if (call.outcome === "refused") {
    return failed("refused", `Gemini declined to label this image: ${call.reason}. Label it by hand.`);
  }
  if (call.outcome === "truncated") {
    const limit = count(run.content.settings.maxOutputTokens);
    return failed("truncated", `The answer was cut at ${limit} tokens. Raise the prompt’s limit.`);
  }
  if (call.outcome === "invalid") return failed("invalid", `${call.reason} Nothing of it was used.`);
  const answer = run.answer.parse(JSON.parse(call.rawResponse));
  const values = toProposedValues(answer);
  return {
    outcome: "succeeded",
    after: Object.fromEntries(values.map(({ attribute, value }) => [attribute, value])),
    async write(tx) {
      await alsoWrite?.(tx);
      const createdAt = clock.now();
      await tx.proposal.createMany({
        data: values.map((value) => ({ ...value, labelRunId: run.id, imageId, createdAt })),
      });
    },
  };
}

const failed = (errorClass: string, error: string) => ({ outcome: "failed", errorClass, error }) as const;
