import { z } from "zod";
import { jsonColumn } from "~/features/json-column";
import type { Db } from "~/ports/db.server";
import { idsInOrder, jsonList, jsonObject, type Sql, sql } from "~/ports/sql.server";
import {
  compared,
  isConflict,
  isOutdated,
  isOverThatRev,
  isSame,
  keptBy,
  type StatedByFolder,
  sureness,
} from "./compared.sql.server";
import { type ReviewFilter, type ReviewOrder, type ReviewPlace, reviewFilter } from "./review-filter";

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
  const [by, direction] = order.startsWith("key") ? [sql`i."key"`, order.slice(4)] : [sureness, order.slice(11)];
  const isDescending = (direction === "desc") !== isBackwards;
  const way = isDescending ? sql`DESC` : sql`ASC`;
  const sorted = sql`${by} ${way}, p."imageId" ${way}, p."attribute" ${way}`;
  const found = list.parse(
    await db.$queryRaw`
      SELECT ${jsonList(columns, sorted)} AS "rows" FROM ${compared()}
       WHERE p."id" IN (
         SELECT p."id" FROM ${compared()} WHERE ${keptBy(listed)} AND ${behind(by, from, isDescending)}
          ORDER BY ${sorted} LIMIT ${limit})`,
  )[0].rows;
  return isBackwards ? found.reverse() : found;
}

function behind(by: Sql, from: ReviewPlace, isDescending: boolean): Sql {
  if (from === null) return sql`1 = 1`;
  const id = "before" in from ? from.before : from.after;
  const place = sql`(SELECT ${by}, p."imageId", p."attribute" FROM ${compared()} WHERE p."id" = ${id})`;
  const row = sql`(${by}, p."imageId", p."attribute")`;
  return isDescending ? sql`${row} < ${place}` : sql`${row} > ${place}`;
}

/** The proposals of these ids, in no order. */
export async function readCompared(db: Pick<Db, "$queryRaw">, ids: readonly number[]): Promise<ComparedProposal[]> {
  return list.parse(
    await db.$queryRaw`
      SELECT ${jsonList(columns)} AS "rows" FROM ${idsInOrder(ids)} o CROSS JOIN ${compared()} WHERE p."id" = o."id"`,
  )[0].rows;
}
