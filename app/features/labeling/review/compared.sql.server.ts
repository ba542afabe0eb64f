import { allOf, alongIndex, rowsFrom, type Sql, sql } from "~/ports/sql.server";
import type { ReviewFilter } from "./review-filter";

/**
 * What a proposal is compared with, the same for the matrix, the list, a decision and a file: FROM `"Proposal" p` with its
 * `"Image" i` and, where there is one, the present `"Label" l` of its attribute.
 * @param way how the proposals are walked (`alongIndex`, `alongIds`); the planner's choice unless told
 */
export const compared = (way: Sql = sql``): Sql => sql`
  "Proposal" p ${way} CROSS JOIN "Image" i ON i."id" = p."imageId"
  LEFT JOIN "Label" l ON l."imageId" = p."imageId" AND l."attribute" = p."attribute"`;

/** The same, walked along images: what a label run proposed for each. */
export const comparedOfImages = (images: Sql, labelRunId: number): Sql => sql`
  ${images} CROSS JOIN "Proposal" p ${byImage} ON p."labelRunId" = ${labelRunId} AND p."imageId" = i."id"
  LEFT JOIN "Label" l ON l."imageId" = p."imageId" AND l."attribute" = p."attribute"`;

/** Along the images of a label run, so that labels of one image are found side by side. */
export const byImage = alongIndex("Proposal_labelRunId_imageId_attribute_key");

/** Accepting it would change nothing: the present label says so, of the present bytes, or a person said so. */
export const isSame = sql`coalesce(l."value" = p."value" AND (l."etag" = i."etag" OR l."source" = 'person'), false)`;

/** The image has gone, or has other bytes than those that the model was shown. */
export const isOutdated = sql`(i."goneAt" IS NOT NULL OR p."etag" <> i."etag")`;

/** What a person set would be replaced. */
export const isConflict = sql`coalesce(l."source" = 'person' AND l."value" <> p."value", false)`;

/** It was accepted beside the very label that a person has set and that it would replace. */
export const isOverThatRev = sql`coalesce(p."overRev" = l."rev", false)`;

/** A confidence as it is ordered and bounded; one that is missing is less than any. */
export const sureness = sql`coalesce(p."confidence", -1)`;

/** What a folder's name states: of every image right in it. */
export type StatedByFolder = { folder: string; attribute: string; value: string };

/** The folder that an image lies in, with its “/”: the key without the characters behind its last one. */
export const folderOf = (key: Sql): Sql => sql`rtrim(${key}, replace(${key}, '/', ''))`;

/**
 * The proposals of a label run that a filter keeps, as a condition on `compared`.
 * @param input.stated what the folders of its images state; needed where the filter asks for it
 */
export function keptBy(input: { labelRunId: number; filter: ReviewFilter; stated: readonly StatedByFolder[] }): Sql {
  const { labelRunId, filter, stated } = input;
  return allOf([
    sql`p."labelRunId" = ${labelRunId}`,
    ...where(filter.attribute, (attribute) => sql`p."attribute" = ${attribute}`),
    ...where(filter.old, (value) => (value === null ? sql`l."imageId" IS NULL` : sql`l."value" = ${value}`)),
    ...where(filter.new, (value) => sql`p."value" = ${value}`),
    ...where(filter.min, (least) => sql`${sureness} >= ${least}`),
    ...where(filter.max, (most) => sql`${sureness} <= ${most}`),
    ...where(filter.folder, () => disagreesWith(stated)),
    ...where(filter.person, () => isConflict),
    ...where(filter.decision, (decision) => sql`p."decision" = ${decision}`),
    ...where(filter.same ?? "none", (which) => {
      if (which === "any") return sql`1 = 1`;
      return which === "only" ? isSame : sql`NOT ${isSame}`;
    }),
  ]);
}

const where = <Value>(value: Value | undefined, condition: (value: Value) => Sql): Sql[] =>
  value === undefined ? [] : [condition(value)];

function disagreesWith(stated: readonly StatedByFolder[]): Sql {
  const folder = folderOf(sql`i."key"`);
  const states = rowsFrom(stated, { folder: "text", attribute: "text", value: "text" });
  return sql`((${folder}, p."attribute") IN (SELECT s."folder", s."attribute" FROM ${states} s)
    AND (${folder}, p."attribute", p."value") NOT IN (SELECT s."folder", s."attribute", s."value" FROM ${states} s))`;
}
