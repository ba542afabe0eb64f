import type { Db } from "~/ports/db.server";

/** An image of a label run that got no proposals, with the reason and, where the model said something, what it said. */
export type UnlabelledImage = {
  imageId: number;
  key: string;
  /** "refused", "unanswered", "invalid", "truncated", "rate-limited", "undecodable", …; "skipped" for one that was left out. */
  errorClass: string;
  reason: string;
  /** The text of its last call; where there is none, the whole response, an error's too. */
  raw: string | null;
};

const PAGE_SIZE = 100;

/**
 * Items of a label run that failed or were skipped, in plan order, 100 a page (from 1), with the number of them all.
 * @param filter.runId of its job run
 * @param filter.errorClasses only these; "skipped" stands for the skipped ones; absent: all
 */
export async function readUnlabelled(
  { db }: { db: Db },
  filter: { runId: number; errorClasses?: string[]; page: number },
): Promise<{ images: UnlabelledImage[]; total: number; pageSize: number }> {
  const { runId, errorClasses, page } = filter;
  const isSkippedAsked = !errorClasses || errorClasses.includes("skipped");
  const where = {
    runId,
    OR: [
      { outcome: "failed", ...(errorClasses && { errorClass: { in: errorClasses } }) },
      ...(isSkippedAsked ? [{ outcome: "skipped" }] : []),
    ],
  };
  const [items, total] = await Promise.all([
    db.jobItem.findMany({ where, orderBy: { seq: "asc" }, take: PAGE_SIZE, skip: (page - 1) * PAGE_SIZE }),
    db.jobItem.count({ where }),
  ]);
  const calls = await db.modelCall.findMany({
    where: { labelRun: { jobRunId: runId }, imageId: { in: items.map(({ subject }) => Number(subject)) } },
    orderBy: { id: "asc" },
    select: { imageId: true, outcome: true, answer: true, rawResponse: true },
  });
  const lastCalls = new Map(calls.map((call) => [call.imageId, call]));
  const images = items.map(({ subject, label, outcome, errorClass, error, reason }) => {
    const imageClass = outcome === "skipped" ? "skipped" : (errorClass ?? "internal");
    const call = lastCalls.get(Number(subject));
    return {
      imageId: Number(subject),
      key: label ?? subject,
      errorClass: imageClass,
      reason: error ?? reason ?? "",
      // Of the call that the image failed by: what failed elsewhere has nothing to do with an earlier one.
      raw: call && classOfCall(call) === imageClass ? call.answer?.trim() || call.rawResponse : null,
    };
  });
  return { images, total, pageSize: PAGE_SIZE };
}

/** The error class of an item that failed by this call. */
const classOfCall = ({ outcome }: { outcome: string }) => (outcome === "failed" ? "model-failed" : outcome);
