import sharp from "sharp";
import type { AttributeRoot } from "~/features/attribute-groups/label-schema";
import { findRoot, loadLabelSchema } from "~/features/attribute-groups/load-label-schema.server";
import { DomainError } from "~/features/domain-error";
import { prefixUpperBound } from "~/features/images/key-layout";
import type { PlannedItem, PlanSummary, RunContext } from "~/features/job-runs/handler";
import type { Ports } from "~/ports/index.server";
import type { LabelRunScope } from "./label-run";
import { findAnsweredQuestions, questionKey } from "./model-calls.sql.server";
import { type OpenLabelRun, openLabelRun } from "./open-label-run.server";
import { preparePrompt } from "./prepare-prompt.server";
import { costOf, estimateOutputTokens, formatUsd } from "./pricing";
import { maxInputTokens } from "./prompt-content";
import { requestHash } from "./prompt-versions.server";

const PAGE = 1_000;

/**
 * Freezes the images to ask about: those of the root that exist, are not known to be unreadable, and (with "unanswered")
 * were not asked about before with this prompt. Counts tokens at the model, which is free, and sets the run's quote.
 */
export async function* planLabelRun(
  ports: Ports,
  { runId, payload, signal }: RunContext<LabelRunScope>,
): AsyncGenerator<PlannedItem[], PlanSummary> {
  const schema = await loadLabelSchema();
  const root = findRoot(schema, payload.root);
  await choosePrompt(ports, runId, { schema, root, name: payload.prompt, signal });
  const run = await openLabelRun(ports, runId);
  const input = await countInputTokens(ports, run, signal);
  const left = { unreadable: 0, answered: 0 };
  let images = 0;
  let bytes = 0n;
  for await (const page of currentImages(ports, root)) {
    const readable = page.filter((image) => !image.unreadableClass || image.readEtag !== image.etag);
    const asked = payload.only === "all" ? readable : await withoutAnswered(ports, run, readable);
    left.unreadable += page.length - readable.length;
    left.answered += readable.length - asked.length;
    images += asked.length;
    for (const image of asked) bytes += image.bytes;
    if (asked.length > 0) yield asked.map(toItem);
  }
  const output = estimateOutputTokens(run.content.attributes);
  const usd = images * costOf(run.price, { input: input.tokens, output });
  await ports.db.labelRun.update({ where: { jobRunId: runId }, data: { quoteUsd: usd } });
  return {
    bytes: Number(bytes),
    s3Calls: images,
    usd,
    facts: [
      { label: "Images", value: String(images) },
      ...(payload.only === "unanswered"
        ? [{ label: "Answered before with this prompt", value: String(left.answered) }]
        : []),
      ...(left.unreadable > 0 ? [{ label: "Left out as unreadable", value: String(left.unreadable) }] : []),
      { label: "Prompt", value: `${run.promptName}, ${run.content.examples.length} examples` },
      { label: "Model", value: run.content.settings.model },
      { label: "Tokens an image", value: `${input.isEstimate ? "about " : ""}${input.tokens} in, about ${output} out` },
      { label: "Quote", value: formatUsd(usd) },
      { label: "Budget", value: run.budgetUsd === null ? "none" : formatUsd(run.budgetUsd) },
    ],
  };
}

/** Chosen once a run: a planning that begins anew asks what the first one chose. */
async function choosePrompt(ports: Ports, jobRunId: number, prompt: Parameters<typeof preparePrompt>[1]) {
  const isUnchosen = { jobRunId, promptVersionId: null };
  if ((await ports.db.labelRun.count({ where: isUnchosen })) === 0) return;
  const { id } = await preparePrompt(ports, prompt);
  await ports.db.labelRun.updateMany({ where: isUnchosen, data: { promptVersionId: id } });
}

type ImageRow = {
  id: number;
  key: string;
  etag: string;
  bytes: bigint;
  readEtag: string | null;
  unreadableClass: string | null;
};

/** The root's images that still exist, in key order. */
async function* currentImages({ db }: Ports, { prefix }: AttributeRoot): AsyncGenerator<ImageRow[]> {
  const end = prefixUpperBound(prefix);
  for (let after = prefix; ; ) {
    const page = await db.image.findMany({
      where: { kind: "reference", goneAt: null, key: { gt: after, ...(end !== null && { lt: end }) } },
      orderBy: { key: "asc" },
      take: PAGE,
      select: { id: true, key: true, etag: true, bytes: true, readEtag: true, unreadableClass: true },
    });
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (page.length < PAGE || !last) return;
    after = last.key;
  }
}

async function withoutAnswered(ports: Ports, run: OpenLabelRun, images: ImageRow[]): Promise<ImageRow[]> {
  const question = ({ id, etag }: ImageRow) => ({ imageId: id, requestHash: requestHash(run.promptHash, etag) });
  const answered = await findAnsweredQuestions(ports, images.map(question));
  return images.filter((image) => !answered.has(questionKey(question(image))));
}

const toItem = ({ id, key, etag }: ImageRow): PlannedItem => ({
  subject: String(id),
  label: key,
  etag,
  before: { etag },
});

/**
 * Input tokens of one request, counted at the model with an empty picture of the usual shape. When the model cannot be
 * reached now the most that they can be stands in; a wrong key or model ends the plan here, before any image does.
 */
async function countInputTokens(
  { model }: Ports,
  run: OpenLabelRun,
  signal: AbortSignal,
): Promise<{ tokens: number; isEstimate: boolean }> {
  const { imageEdge } = run.content.settings;
  const create = { width: Math.round(imageEdge * 0.75), height: imageEdge, channels: 3, background: "#777" } as const;
  const bytes = await sharp({ create }).jpeg().toBuffer();
  try {
    const tokens = await model.countTokens({ ...run.request({ bytes, contentType: "image/jpeg" }), signal });
    return { tokens, isEstimate: false };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "ModelError") throw error;
    if ("retryable" in error && error.retryable) return { tokens: maxInputTokens(run.content), isEstimate: true };
    throw new DomainError("invalid", error.message);
  }
}
