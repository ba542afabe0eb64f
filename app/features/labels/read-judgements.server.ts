import { groupBy } from "~/features/group-by";
import { nameActors } from "~/features/operators/name-actors.server";
import type { Db } from "~/ports/db.server";
import { type LabelSource, labelSource } from "./label-state";

/** A value that a model put forward for an attribute of an image; `confidence` is from 0 to 1. */
export type ProposedValue = { attribute: string; value: string; confidence: number | null; estimate: number | null };

/** The accepted value of an attribute; stale when it was accepted for other bytes than the present ones. */
export type AcceptedLabel = {
  attribute: string;
  value: string;
  source: LabelSource;
  rev: number;
  acceptedAt: Date;
  /** By name. */
  acceptedBy: string;
  isStale: boolean;
};

/**
 * What people and models say of images.
 * @param options.labelRunId whose proposals count; without it, for each attribute those of the newest label run
 * @returns for an image's id: its labels by attribute, and at most one proposal an attribute, in the order in which they
 * were made
 */
export async function readJudgements(
  db: Db,
  images: readonly { id: number; etag: string }[],
  { labelRunId }: { labelRunId?: number } = {},
): Promise<(imageId: number) => { labels: AcceptedLabel[]; proposals: ProposedValue[] }> {
  const etags = new Map(images.map(({ id, etag }) => [id, etag]));
  const imageId = { in: [...etags.keys()] };
  const [labelRows, proposalRows] = await Promise.all([
    db.label.findMany({ where: { imageId }, orderBy: { attribute: "asc" } }),
    db.proposal.findMany({
      where: { imageId, ...(labelRunId !== undefined && { labelRunId }) },
      orderBy: { id: "desc" },
      distinct: ["imageId", "attribute"],
    }),
  ]);
  const nameOf = await nameActors(
    db,
    labelRows.map(({ acceptedBy }) => acceptedBy),
  );
  const labels = groupBy(labelRows, (row) => String(row.imageId));
  const proposals = groupBy(proposalRows.reverse(), (row) => String(row.imageId));
  return (id) => ({
    labels: (labels.get(String(id)) ?? []).map(({ attribute, value, rev, etag, acceptedAt, acceptedBy, ...row }) => {
      const isStale = etag !== etags.get(id);
      const by = { acceptedAt, acceptedBy: nameOf(acceptedBy), isStale };
      return { attribute, value, rev, source: labelSource.parse(row.source), ...by };
    }),
    proposals: (proposals.get(String(id)) ?? []).map(({ attribute, value, confidence, estimate }) => {
      return { attribute, value, confidence, estimate };
    }),
  });
}
