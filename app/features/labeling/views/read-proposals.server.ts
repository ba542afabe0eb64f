import { z } from "zod";
import { jsonColumn } from "~/features/json-column";
import { groupReader } from "~/features/label-schema/group-of-key";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import type { PromptAttributes } from "~/features/labeling/prompts/answer-schema";
import { readPromptContent } from "~/features/labeling/prompts/prompt-versions.server";
import { type ProposedValue, readJudgements } from "~/features/labels/read-judgements.server";
import type { Db } from "~/ports/db.server";
import type { Mending } from "~/ports/model/model.server";

export type ProposalView = ProposedValue & {
  /** What the group folder's name states; null where it states nothing of this attribute. */
  folder: string | null;
  /** The folder states something else. */
  disagrees: boolean;
};

/**
 * An image of a label run with what the model proposed for it; `group` is its folder's name, null at a root itself and
 * outside all roots.
 */
export type ProposedImage = {
  imageId: number;
  key: string;
  etag: string;
  group: string | null;
  proposals: ProposalView[];
  /** What was mended in the answer so that it could be read; empty: nothing. */
  mended: Mending[];
};

/** How often a run proposed each value of an attribute, in the prompt's order, values that no one proposed included. */
export type ProposedCounts = { attribute: string; values: { value: string; count: number }[] };

const PAGE_SIZE = 60;

/**
 * The images of a label run that have proposals, in key order, 60 a page (from 1), with the number of them all, and what
 * was proposed for all of them.
 * @param input.runId of its job run
 */
export async function readProposals(
  { db }: { db: Db },
  { runId, page }: { runId: number; page: number },
): Promise<{ images: ProposedImage[]; total: number; pageSize: number; counts: ProposedCounts[] }> {
  const { id: labelRunId, promptVersion } = await db.labelRun.findUniqueOrThrow({
    where: { jobRunId: runId },
    include: { promptVersion: true },
  });
  const where = { proposals: { some: { labelRunId } } };
  const [rows, total] = await Promise.all([
    db.image.findMany({
      where,
      orderBy: { key: "asc" },
      take: PAGE_SIZE,
      skip: (page - 1) * PAGE_SIZE,
      select: { id: true, key: true, etag: true },
    }),
    db.image.count({ where }),
  ]);
  const judgementsOf = await readJudgements(db, rows, { labelRunId });
  const mended = await readMended(db, labelRunId, rows);
  const groupOf = groupReader(await loadLabelSchema());
  const images = rows.map(({ id, key, etag }): ProposedImage => {
    const group = groupOf(key);
    return {
      imageId: id,
      key,
      etag,
      group: group?.name ?? null,
      mended: mended.get(id) ?? [],
      proposals: judgementsOf(id).proposals.map((proposal) => {
        const folder = group?.attributes[proposal.attribute] ?? null;
        return { ...proposal, folder, disagrees: folder !== null && folder !== proposal.value };
      }),
    };
  });
  const counts = promptVersion ? await countProposed(db, labelRunId, readPromptContent(promptVersion).attributes) : [];
  return { images, total, pageSize: PAGE_SIZE, counts };
}

async function countProposed(db: Db, labelRunId: number, attributes: PromptAttributes): Promise<ProposedCounts[]> {
  const groups = await db.proposal.groupBy({
    by: ["attribute", "value"],
    where: { labelRunId },
    _count: { _all: true },
  });
  const countOf = (attribute: string, value: string) =>
    groups.find((group) => group.attribute === attribute && group.value === value)?._count._all ?? 0;
  return Object.entries(attributes).map(([attribute, { values }]) => ({
    attribute,
    values: values.map((value) => ({ value, count: countOf(attribute, value) })),
  }));
}

const mendings = jsonColumn(
  z.array(
    z.enum(["fence", "wrapped", "doubled", "listed", "quoted", "number", "case", "space"]) satisfies z.ZodType<Mending>,
  ),
);

async function readMended(db: Db, labelRunId: number, images: { id: number }[]): Promise<Map<number, Mending[]>> {
  const calls = await db.modelCall.findMany({
    where: { labelRunId, imageId: { in: images.map(({ id }) => id) }, outcome: "labelled", mended: { not: null } },
    select: { imageId: true, mended: true },
  });
  return new Map(calls.map(({ imageId, mended }) => [imageId, mendings.parse(mended ?? "[]")]));
}
