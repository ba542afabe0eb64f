import { z } from "zod";
import { jsonColumn } from "~/features/json-column";
import type { Db } from "~/ports/db.server";
import { idsInOrder, jsonList, jsonObject, sql } from "~/ports/sql.server";
import {
  compared,
  isConflict,
  isOutdated,
  isOverThatRev,
  isSame,
  keptBy,
  type StatedByFolder,
} from "./compared.sql.server";
import { type ReviewFilter, type ReviewOrder, type ReviewPlace, reviewFilter } from "./review-filter";
import { walkByKey, walkBySureness } from "./walk-proposals.sql.server";

const flag = z.coerce.boolean();
const time = z.number().transform((ms) => new Date(ms));
const row = z.object({
  id: z.number(),
  imageId: z.number(),
  key: z.string(),
  /** Of the image's present bytes. */
  etag: z.string(),
  hasThumbnail: flag,
  isGone: flag,
  attribute: z.string(),
  value: z.string(),
  confidence: z.number().nullable(),
  estimate: z.number().nullable(),
  decision: reviewFilter.shape.decision.unwrap(),
  /** 0: no decision about it holds. */
  decisionId: z.number(),
  decidedByName: z.string().nullable(),
  decidedAt: time.nullable(),
  overRev: z.number().nullable(),
  /** The present label; `rev` 0 and null where there is none. */
  old: z.string().nullable(),
  rev: z.number(),
  source: z.enum(["person", "model", "import"]).nullable(),
  acceptedBy: z.string().nullable(),
  acceptedAt: time.nullable(),
  isSame: flag,
  isConflict: flag,
  isOutdated: flag,
  isOverThatRev: flag,
});
const ids = z.array(z.object({ id: z.coerce.number() }));
const list = z.tuple([z.object({ rows: jsonColumn(z.array(row)) })]);

/** A proposal beside its image, the present label of its attribute, and what was decided. */
export type ComparedProposal = z.infer<typeof row>;

const columns = jsonObject({
  id: sql`p."id"`,
  imageId: sql`p."imageId"`,
  key: sql`i."key"`,
  etag: sql`i."etag"`,
  hasThumbnail: sql`coalesce(i."thumbnailEtag" = i."etag", false)`,
  isGone: sql`i."goneAt" IS NOT NULL`,
  attribute: sql`p."attribute"`,
  value: sql`p."value"`,
  confidence: sql`p."confidence"`,
  estimate: sql`p."estimate"`,
  decision: sql`p."decision"`,
  decisionId: sql`coalesce(p."decisionId", 0)`,
  decidedByName: sql`p."decidedByName"`,
  decidedAt: sql`p."decidedAt"`,
  overRev: sql`p."overRev"`,
  old: sql`l."value"`,
  rev: sql`coalesce(l."rev", 0)`,
  source: sql`l."source"`,
  acceptedBy: sql`l."acceptedBy"`,
  acceptedAt: sql`l."acceptedAt"`,
  isSame,
  isConflict,
  isOutdated,
  isOverThatRev,
});

type Listed = {
  labelRunId: number;
  filter: ReviewFilter;
  stated: readonly StatedByFolder[];
  order: ReviewOrder;
  from: ReviewPlace;
  limit: number;
};

/**
 * Proposals that a filter keeps, at most `limit`, from a place on: behind it, or the nearest ones before it, yet always in
 * the list's order. A place is a proposal, wherever it stands in this order by now.
 */
export async function listCompared({ db }: { db: Db }, listed: Listed): Promise<ComparedProposal[]> {
  const { order, from, limit } = listed;
  const isBackwards = from !== null && "before" in from;
  const walked = { ...listed, isDown: order.endsWith("desc") !== isBackwards };
  const walk = order.startsWith("key") ? await walkByKey(db, walked) : walkBySureness(db, walked);
  const kept = keptBy(listed);
  const place = from === null ? null : "before" in from ? from.before : from.after;
  const found: number[] = [];
  for await (const stretch of walk.stretches(place)) {
    const rows = await db.$queryRaw`
      SELECT p."id" FROM ${walk.along} WHERE ${stretch} AND ${kept} ORDER BY ${walk.sorted} LIMIT ${limit - found.length}`;
    found.push(...ids.parse(rows).map(({ id }) => id));
    if (found.length >= limit) break;
  }
  return readCompared(db, isBackwards ? found.reverse() : found);
}

/** The proposals of these ids, in this order. */
export async function readCompared(db: Pick<Db, "$queryRaw">, ids: readonly number[]): Promise<ComparedProposal[]> {
  return list.parse(
    await db.$queryRaw`
      SELECT ${jsonList(columns, sql`o."position"`)} AS "rows"
        FROM ${idsInOrder(ids)} o CROSS JOIN ${compared()} WHERE p."id" = o."id"`,
  )[0].rows;
}
