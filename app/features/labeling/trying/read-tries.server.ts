import { jsonColumn } from "~/features/json-column";
import { groupReader } from "~/features/label-schema/group-of-key";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import {
  answerSchema,
  type PersonaAnswer,
  type ProposedValue,
  toProposedValues,
} from "~/features/labeling/prompts/answer-schema";
import type { PromptContent } from "~/features/labeling/prompts/prompt-content";
import { type AcceptedLabel, readJudgements } from "~/features/labels/read-judgements.server";
import type { Db } from "~/ports/db.server";

/** Tries that a page shows, the newest. */
const TRIES = 20;

/** One paid call with a prompt version about one image. Dollars in USD; null: not known. */
export type TryView = {
  id: number;
  at: Date;
  imageId: number;
  key: string;
  etag: string;
  outcome: string;
  /** Why there is no label, as a sentence. */
  reason: string | null;
  /** What the model said of each attribute; null where it gave no answer that can be used. */
  values: ProposedValue[] | null;
  /** What it wrote, and the response as it came. */
  answer: string | null;
  raw: string | null;
  modelVersion: string | null;
  inputTokens: number | null;
  outputTokens: number | null;
  usd: number | null;
};

/** The image that a version is tried on, with what is known of it. */
export type TriedImage = {
  id: number;
  key: string;
  etag: string;
  hasThumbnail: boolean;
  /** What its folder is named for. */
  folder: Record<string, string>;
  labels: AcceptedLabel[];
};

/** The newest tries of a prompt version, of one image or of all. */
export async function readTries(
  db: Db,
  { version, imageId }: { version: { id: number; attributes: PromptContent["attributes"] }; imageId: number | null },
): Promise<TryView[]> {
  const rows = await db.modelCall.findMany({
    where: { promptVersionId: version.id, ...(imageId !== null && { imageId }) },
    orderBy: { id: "desc" },
    take: TRIES,
    include: { image: { select: { key: true, etag: true } } },
  });
  const labels = jsonColumn(answerSchema(version.attributes));
  const valuesOf = (answer: string | null): ProposedValue[] =>
    answer === null ? [] : toProposedValues(labels.parse(answer) satisfies PersonaAnswer);
  return rows.map(({ id, createdAt, image, outcome, reason, answer, rawResponse, modelVersion, ...row }) => ({
    id,
    at: createdAt,
    imageId: row.imageId,
    key: image.key,
    etag: image.etag,
    outcome,
    reason,
    values: outcome === "labelled" ? valuesOf(answer) : null,
    answer,
    raw: rawResponse,
    modelVersion,
    inputTokens: row.promptTokens === null ? null : row.promptTokens + (row.imageTokens ?? 0),
    outputTokens: row.outputTokens,
    usd: row.usd,
  }));
}

/** Null for an image that is not known. */
export async function readTriedImageFacts(db: Db, imageId: number): Promise<TriedImage | null> {
  const image = await db.image.findUnique({
    where: { id: imageId },
    select: { id: true, key: true, etag: true, thumbnailEtag: true },
  });
  if (!image) return null;
  const { id, key, etag, thumbnailEtag } = image;
  const judgementsOf = await readJudgements(db, [{ id, etag }]);
  const readGroup = groupReader(await loadLabelSchema());
  return {
    id,
    key,
    etag,
    hasThumbnail: thumbnailEtag === etag,
    folder: readGroup(key)?.attributes ?? {},
    labels: judgementsOf(id).labels,
  };
}
