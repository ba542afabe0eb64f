import { toModelJpeg } from "~/features/images/pixels/read-image.server";
import { renderOriginal } from "~/features/images/pixels/render-original.server";
import { rememberUnreadable } from "~/features/images/remember-unreadable.server";
import type { ItemContext, ItemResult, OpenItem } from "~/features/job-runs/kinds/handler";
import { jsonColumn } from "~/features/json-column";
import { isKnownError } from "~/features/known-error";
import { adviceFor, explainAnswer } from "~/features/labeling/describe-answer";
import { type PersonaAnswer, toProposedValues } from "~/features/labeling/prompts/answer-schema";
import { requestHash } from "~/features/labeling/prompts/prompt-versions.server";
import { storageFailure } from "~/features/storage-failure";
import type { Tx } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import { askModel, FAILURES_OF_AN_ITEM } from "./ask-model.server";
import { findKeptAnswer, recordTakenOver } from "./kept-answers.sql.server";
import { openLabelRun } from "./open-label-run.server";

/**
 * Asks the model about one image. The call is reserved before it is made and settled as soon as it ends; its proposals
 * are written with the item's outcome. An answer that a dead worker left behind is used, not bought again
 * (docs/decisions/004-reserve-every-model-call.md, 015-what-an-answer-means.md).
 */
export async function labelImage(
  ports: Ports,
  item: OpenItem,
  context: Pick<ItemContext<unknown>, "runId" | "signal" | "waiting">,
): Promise<ItemResult> {
  const run = await openLabelRun(ports, context.runId).catch(openFailure);
  if ("outcome" in run) return run;
  const key = item.label ?? item.subject;
  const question = {
    labelRunId: run.id,
    imageId: Number(item.subject),
    requestHash: requestHash(run.promptHash, item.etag ?? ""),
  };
  const propose = (answer: PersonaAnswer, alsoWrite?: (tx: Tx) => Promise<void>) =>
    toProposals(ports, { ...question, etag: item.etag ?? "", answer, alsoWrite });
  // Someone who retries an item wants a new answer.
  const requestHashes = run.knownHashes.map((hash) => requestHash(hash, item.etag ?? ""));
  const kept = item.attempts === 0 ? await findKeptAnswer(ports, { ...question, requestHashes }) : null;
  if (kept?.outcome === "refused") return refused(kept.reason);
  if (kept) {
    const { answer, isTakenOver } = kept;
    const at = ports.clock.now();
    return propose(jsonColumn(run.answer).parse(answer), async (tx) => {
      if (isTakenOver) await recordTakenOver(tx, answer, { ...question, at });
    });
  }

  const planned = { id: question.imageId, key, etag: item.etag ?? "" };
  const make = (bytes: Buffer) => toModelJpeg(bytes, run.content.settings.imageEdge, context.signal);
  const jpeg = await renderOriginal(ports, planned, make, context.signal);
  if ("outcome" in jpeg) return jpeg;
  if (!jpeg.ok) return rememberUnreadable(planned, jpeg);
  await forgetUnreadable(ports, planned);
  const image = { bytes: jpeg.body, contentType: "image/jpeg" };
  const result = await askModel(ports, run, { question, image }, context);
  if ("outcome" in result) return result;
  switch (result.kind) {
    case "labelled":
      return propose(result.answer);
    case "refused":
      return refused(explainAnswer(result));
    case "failed":
      return failed(
        "model-failed",
        result.retryable ? `${result.reason} Asked ${FAILURES_OF_AN_ITEM} times. Retry it later.` : result.reason,
      );
    default:
      return failed(
        result.kind,
        `Asked twice. ${explainAnswer(result)} None of it was used. ${adviceFor(result)}`.trimEnd(),
      );
  }
}

/**
 * An example that is not what it was is no fault of this image, and each would fail by it: the run pauses, and says so once. A bucket
 * that does not answer is the item's own failure, to be tried again.
 */
function openFailure(error: unknown): ItemResult {
  return isKnownError(error, "DomainError") ? { outcome: "open", pause: error.message } : storageFailure(error);
}

/** An answer as proposals, which exist once the item's outcome does. */
function toProposals(
  { clock }: Ports,
  input: {
    labelRunId: number;
    imageId: number;
    etag: string;
    answer: PersonaAnswer;
    alsoWrite: ((tx: Tx) => Promise<void>) | undefined;
  },
): ItemResult {
  const { labelRunId, imageId, etag, answer, alsoWrite } = input;
  const values = toProposedValues(answer);
  return {
    outcome: "succeeded",
    after: Object.fromEntries(values.map(({ attribute, value }) => [attribute, value])),
    async write(tx) {
      await alsoWrite?.(tx);
      const createdAt = clock.now();
      await tx.proposal.createMany({
        data: values.map((value) => ({ ...value, labelRunId, imageId, etag, createdAt })),
      });
    },
  };
}

const refused = (reason: string | null) =>
  failed("refused", `Gemini declined to label this image: ${reason}. Label it by hand.`);

/** What an earlier try took for unreadable, for it had too little time, say, and this one has read: a backfill may have it. */
async function forgetUnreadable({ db }: Ports, { id, key, etag }: Planned) {
  const where = { id, key, etag, readEtag: etag, unreadableClass: { not: null } };
  if ((await db.image.findFirst({ where, select: { id: true } })) === null) return;
  await db.image.updateMany({ where, data: { readEtag: null, unreadable: null, unreadableClass: null } });
}

type Planned = { id: number; key: string; etag: string };

const failed = (errorClass: string, error: string) => ({ outcome: "failed", errorClass, error }) as const;
