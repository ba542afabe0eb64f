import { DomainError } from "~/features/domain-error";
import { groupBy } from "~/features/group-by";
import { prefixUpperBound } from "~/features/images/key-layout";
import { allOf, anyOf, type Sql, sql, valuesOf } from "~/ports/sql.server";
import { quote } from "~/quote";
import { type ImageField, type ImageQuery, imageFields } from "./image-query";
import type { ImageSelection } from "./image-selection";
import { readFormat, readUnreadableClass, thumbnailIs } from "./image-states.sql.server";
import { labeledByExample, labeledByVersion } from "./labeled-by.sql.server";
import { foundByText } from "./search-images.sql.server";

/** What names and spans stand for at the moment: the clock, and labels/schema.json (`{ now: clock.now(), ...schema }`). */
export type Known = {
  now: Date;
  roots: readonly { name: string; prefix: string }[];
  attributes: Readonly<Record<string, unknown>>;
};

type Value<Field extends ImageField> = NonNullable<ImageQuery[Field]>;
type Conditions = { [Field in ImageField]: (value: Value<Field>, query: ImageQuery, known: Known) => Sql };

const DAY_MS = 24 * 60 * 60 * 1000;
const HOUR_MS = 60 * 60 * 1000;

const always = sql`1 = 1`;
/** As an equation where it is one, so that an index which goes on with the order of a list gives that, too. */
const oneOf = (values: readonly string[]): Sql =>
  values.length === 1 ? sql`= ${values[0]}` : sql`IN ${valuesOf(values)}`;
const isRead = sql`i."readEtag" = i."etag"`;
/** Each field's condition on `"Image" i`. A field that is added to the query without one is a type error here. */
const conditions: Conditions = {
  all: () => always,
  owner: (owners, { unowned }) => {
    const owned = sql`i."ownerId" ${oneOf(owners)}`;
    return unowned ? sql`(${owned} OR i."ownerId" IS NULL)` : owned;
  },
  unowned: (_, { owner }) => (owner ? always : sql`i."ownerId" IS NULL`),
  kind: (kinds) => sql`i."kind" ${oneOf(kinds)}`,
  root: (name, { group }, { roots }) => below(`${prefixOf(name, roots)}${group === undefined ? "" : `${group}/`}`),
  group: () => always,
  prefix: below,
  label: (labels, _, { attributes }) => {
    refuseUnknown(labels, attributes);
    const byAttribute = groupBy(labels, ({ attribute }) => attribute);
    return allOf(
      [...byAttribute].map(
        ([attribute, same]) => sql`EXISTS (
          SELECT 1 FROM "Label" l WHERE l."imageId" = i."id" AND l."attribute" = ${attribute}
             AND l."value" IN ${valuesOf(same.map(({ value }) => value))})`,
      ),
    );
  },
  labelSource: (sources, _, { attributes }) => {
    refuseUnknown(sources, attributes);
    return anyOf(
      sources.map(({ attribute, source }) => {
        const label = sql`SELECT 1 FROM "Label" l WHERE l."imageId" = i."id" AND l."attribute" = ${attribute}`;
        if (source === "none") return sql`NOT EXISTS (${label})`;
        if (source === "stale") return sql`EXISTS (${label} AND l."etag" <> i."etag")`;
        return sql`EXISTS (${label} AND l."source" = ${source})`;
      }),
    );
  },
  labelRun: (run) => sql`i."id" IN (SELECT c."imageId" FROM "ModelCall" c WHERE c."labelRunId" = ${run})`,
  promptVersion: (version) => sql`i."id" IN (${labeledByVersion(version)})`,
  example: (key) => sql`i."id" IN (${labeledByExample(key)})`,
  thumbnail: thumbnailIs,
  unreadable: (classes) =>
    classes.includes("any")
      ? // As a range: the planner finds “not NULL” of an expression by no index.
        sql`${readUnreadableClass} > ''`
      : sql`${readUnreadableClass} IN ${valuesOf(classes)}`,
  format: (formats) =>
    sql`${readFormat} IN ${valuesOf(formats.map((format) => (format === "unread" ? format : `image/${format}`)))}`,
  minWidth: (px) => sql`(${isRead} AND i."width" >= ${px})`,
  maxWidth: (px) => sql`(${isRead} AND i."width" <= ${px})`,
  minHeight: (px) => sql`(${isRead} AND i."height" >= ${px})`,
  maxHeight: (px) => sql`(${isRead} AND i."height" <= ${px})`,
  minBytes: (size) => sql`i."bytes" >= ${size}`,
  maxBytes: (size) => sql`i."bytes" <= ${size}`,
  since: (moment, _, { now }) => sql`i."createdAt" >= ${toTime(moment, now)}`,
  until: (day) => sql`i."createdAt" < ${Date.parse(`${day}T00:00:00Z`) + DAY_MS}`,
  gone: () => always,
  text: (text, _, { attributes }) => foundByText(text, attributes),
};

/** The keys with this prefix, as a range of the index on keys. */
function below(prefix: string): Sql {
  const bound = prefixUpperBound(prefix);
  return bound === null ? sql`i."key" >= ${prefix}` : sql`(i."key" >= ${prefix} AND i."key" < ${bound})`;
}

function prefixOf(name: string, roots: Known["roots"]): string {
  const root = roots.find((candidate) => candidate.name === name);
  if (root) return root.prefix;
  const known = roots.map((candidate) => quote(candidate.name)).join(", ");
  throw new DomainError("invalid", `There is no attribute root called ${quote(name)}; there is ${known || "none"}.`);
}

function refuseUnknown(labels: { attribute: string }[], attributes: Known["attributes"]): void {
  const unknown = labels.find(({ attribute }) => !Object.hasOwn(attributes, attribute));
  if (!unknown) return;
  const known = Object.keys(attributes).map(quote).join(", ");
  throw new DomainError(
    "invalid",
    `There is no attribute called ${quote(unknown.attribute)}; there is ${known || "none"}.`,
  );
}

/** The moment of `since` in ms: as it is written (a day begins in UTC), or a span before now. */
function toTime(moment: string, now: Date): number {
  const span = /^(\d+)([hd])$/.exec(moment);
  if (!span) return Date.parse(moment);
  return now.getTime() - Number(span[1]) * (span[2] === "h" ? HOUR_MS : DAY_MS);
}

/**
 * A query as a condition on `"Image" i`, for list, count, facets, export and plan alike. Images whose object is no longer
 * listed are found by `gone` only.
 * @throws DomainError "invalid" for a root or an attribute that labels/schema.json does not have
 */
export function imagesWhere(query: ImageQuery, known: Known): Sql {
  const listed = query.gone ? sql`i."goneAt" IS NOT NULL` : sql`i."goneAt" IS NULL`;
  return allOf([listed, fieldsWhere(query, known)]);
}

/** The same of images that are listed and of gone ones alike. */
export const fieldsWhere = (query: ImageQuery, known: Known): Sql =>
  allOf(imageFields.flatMap((field) => conditionOf(field, query, known)));

function conditionOf<Field extends ImageField>(field: Field, query: ImageQuery, known: Known): Sql[] {
  const value = query[field];
  return value === undefined ? [] : [conditions[field](value as Value<Field>, query, known)];
}

/** The query with its relative dates made absolute, as a plan freezes it. */
export function freezeImageQuery(query: ImageQuery, now: Date): ImageQuery {
  if (query.since === undefined || !/[hd]$/.test(query.since)) return query;
  return { ...query, since: new Date(toTime(query.since, now)).toISOString() };
}

/** The images of a selection as a condition on `"Image" i`: gone ones only where its query says so, or they were picked. */
export function selectedWhere(selection: ImageSelection, known: Known): Sql {
  if ("ids" in selection) return sql`i."id" IN ${valuesOf(selection.ids)}`;
  const found = imagesWhere(selection.query, known);
  return selection.except ? sql`(${found} AND i."id" NOT IN ${valuesOf(selection.except)})` : found;
}
