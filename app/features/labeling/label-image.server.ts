import { toModelJpeg } from "~/features/images/read-image.server";
import type { ItemResult, OpenItem, RunContext } from "~/features/job-runs/handler";
import { isStorageError, storageFailure } from "~/features/storage/storage-failure";
import type { Ports } from "~/ports/index.server";
import { toProposedValues } from "./answer-schema";
import type { LabelRunScope } from "./label-run";
import { type AnsweredCall, findAnsweredCall, reasonOf, reserveCall, settleCall } from "./model-calls.sql.server";
import { type OpenLabelRun, openLabelRun } from "./open-label-run.server";
import { formatUsd } from "./pricing";
import { requestHash } from "./prompt-versions.server";
import { MAX_ORIGINAL_BYTES } from "./shots.server";

/** A quota of a minute is waited for; one of a day is not: the item fails and may be asked about by a later run. */
const MAX_WAIT_MS = 2 * 60_000;

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
  const run = await openLabelRun(ports, runId).catch(storageFailure);
  if ("outcome" in run) return run;
  const key = item.label ?? item.subject;
  const question = {
    labelRunId: run.id,
    imageId: Number(item.subject),
    requestHash: requestHash(run.promptHash, item.etag ?? ""),
  };
  // Someone who retries an item wants a new answer.
  const kept = item.attempts === 0 ? await findAnsweredCall(ports, question) : null;
  if (kept) return toResult(ports, run, question.imageId, key, kept);

  const original = await readOriginal(ports, key, item.etag, signal);
  if ("outcome" in original) return original;
  const jpeg = await toModelJpeg(original.body, run.content.settings.imageEdge);
  if (!jpeg.ok) return { outcome: "failed", errorClass: jpeg.errorClass, error: `${key}: ${jpeg.error}` };
  signal.throwIfAborted();

  const { budgetUsd, maxCallUsd: reservedUsd } = run;
  const callId = await reserveCall(ports, { ...question, reservedUsd, budgetUsd });
  if (callId === null) {
    return { outcome: "skipped", reason: `The budget of ${formatUsd(budgetUsd ?? 0)} is spent` };
  }
  const image = { bytes: jpeg.body, contentType: "image/jpeg" };
  const result = await ports.model.label({ ...run.request(image), signal });
  await settleCall(ports, callId, result, run.price);
  if (result.kind === "rate-limited") {
    const { reason, retryAfterMs } = result;
    const retryable = retryAfterMs <= MAX_WAIT_MS;
    return { outcome: "failed", errorClass: "rate-limited", error: reason, retryable, retryAfterMs };
  }
  if (result.kind === "failed") {
    return { outcome: "failed", errorClass: "model-failed", error: result.reason, retryable: result.retryable };
  }
  const answered = { outcome: result.kind, reason: reasonOf(result), rawResponse: result.raw };
  return toResult(ports, run, question.imageId, key, answered);
}

/** The object as it was planned, or why it is not asked about. */
async function readOriginal(
  { storage }: Ports,
  key: string,
  etag: string | null,
  signal: AbortSignal,
): Promise<{ body: Buffer } | ItemResult> {
  try {
    const { head, body } = await storage.get(key, { maxBytes: MAX_ORIGINAL_BYTES, signal });
    return head.etag === etag ? { body } : { outcome: "skipped", reason: "This image changed since the plan was made" };
  } catch (error) {
    if (isStorageError(error) && error.code === "not-found") {
      return { outcome: "skipped", reason: "This image is gone since the plan was made" };
    }
    return storageFailure(error);
  }
}

/** What an answer makes of the item. `call` was checked by the schema when it came. */
function toResult(ports: Ports, run: OpenLabelRun, imageId: number, key: string, call: AnsweredCall): ItemResult {
  if (call.outcome === "refused") {
    return failed("refused", `Gemini declined to label ${key}: ${call.reason}. Label it by hand.`);
  }
  if (call.outcome === "truncated") {
    const limit = run.content.settings.maxOutputTokens;
    return failed("truncated", `The answer about ${key} was cut at ${limit} tokens. Raise the prompt’s limit.`);
  }
  if (call.outcome === "invalid") return failed("invalid", `${call.reason} Nothing of it was used for ${key}.`);
  const answer = run.answer.parse(JSON.parse(call.rawResponse));
  const values = toProposedValues(answer);
  return {
    outcome: "succeeded",
    after: Object.fromEntries(values.map(({ attribute, value }) => [attribute, value])),
    write: (tx) =>
      tx.proposal.createMany({
        data: values.map((value) => ({ ...value, labelRunId: run.id, imageId, createdAt: ports.clock.now() })),
      }),
  };
}

const failed = (errorClass: string, error: string): ItemResult => ({ outcome: "failed", errorClass, error });
