import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import { LONGEST_PROMPT } from "~/features/generations/import/generation-record";
import { type Used, usesOf } from "~/features/generations/uses/uses.sql.server";
import { survivors } from "~/features/images/surviving-owner.sql.server";
import type { AttributeRoot } from "~/features/label-schema/label-schema";
import type { Db } from "~/ports/db.server";
import { allOf, contains, type Sql, sql } from "~/ports/sql.server";
import { type GenerationFilter, NOT_SAID, usedIn } from "./generation-filter";
import { nameOwners } from "./name-owners.server";
import { readStudioFacts } from "./studio-facts";

/** As many as a page of them has. */
export const PAGE = 30;
/** Records that one statement looks at: some 50 ms in which the process can do nothing else. */
const STRETCH = 5_000;
/** Records that are counted, the newest: all of them, unless there are far more than anyone looks through. */
const MOST_COUNTED = 100_000;
const EXPORT_PAGE = 200;
/** Words of a search that count; SQLite takes fewer than 1,000 conditions in a row. */
const MOST_WORDS = 100;

/** Where a page of the list begins: behind this record. */
export type Place = { createdAt: number; id: string };

export const toPlace = ({ createdAt, id }: Place): string => `${createdAt}.${id}`;
/** @returns null for what is none */
export function readPlace(text: string | null): Place | null {
  const [found, createdAt = "", id = ""] = /^(-?\d{1,16})\.(.*)$/s.exec(text ?? "") ?? [];
  return found === undefined ? null : { createdAt: Number(createdAt), id };
}

/** A generation as lists show it. */
export type ListedGeneration = {
  id: string;
  prompt: string;
  mode: string | null;
  model: string | null;
  finishReason: string | null;
  createdAt: Date;
  owner: { id: string; name: string } | null;
  /** Null: it was not found, or there is none. */
  image: { id: number; key: string; etag: string; isGone: boolean; hasThumbnail: boolean } | null;
  /** How the record names its image. */
  told: string | null;
  references: number;
  runId: number | null;
  usd: number | null;
};

const rows = z.array(
  z.object({
    id: z.string(),
    prompt: z.string(),
    mode: z.string().nullable(),
    model: z.string().nullable(),
    finishReason: z.string().nullable(),
    createdAt: z.coerce.number(),
    owner: z.string().nullable(),
    told: z.string().nullable(),
    record: z.string(),
    references: z.coerce.number(),
    imageId: z.coerce.number().nullable(),
    key: z.string().nullable(),
    etag: z.string().nullable(),
    isGone: z.coerce.boolean(),
    hasThumbnail: z.coerce.boolean(),
  }),
);

type Asked = { filter: GenerationFilter; roots: readonly AttributeRoot[] };

/**
 * Generations, the newest first.
 * @param page.after the last one before this page; null: the first page
 * @param page.promptCharacters more of a prompt is left out
 * @throws DomainError "not-found" for a root that there is none of
 */
export async function listGenerations(
  db: Db,
  { filter, roots }: Asked,
  page: { after: Place | null; limit?: number; promptCharacters?: number },
): Promise<ListedGeneration[]> {
  const { after, limit = PAGE, promptCharacters = 600 } = page;
  const where = allOf([...conditionsOf(filter), ...otherUses(filter, roots)]);
  const found: z.infer<typeof rows> = [];
  for await (const stretch of stretchesOf(db, { filter, roots }, after)) {
    found.push(
      ...rows.parse(
        await db.$queryRaw`
          WITH RECURSIVE ${survivors}
          SELECT g."id", substr(g."prompt", 1, ${promptCharacters}) AS "prompt", g."mode", g."model", g."finishReason", g."createdAt",
                 ${owner} AS "owner", g."told", ${ofStudio} AS "record", i."id" AS "imageId", i."key", i."etag",
                 i."goneAt" IS NOT NULL AS "isGone", i."thumbnailEtag" = i."etag" AS "hasThumbnail",
                 (SELECT count(*) FROM "GenerationReference" r WHERE r."generationId" = g."id") AS "references"
            FROM ${stretch} AND ${where} ORDER BY s."createdAt" DESC, s."id" DESC LIMIT ${limit - found.length}`,
      ),
    );
    if (found.length >= limit) break;
  }
  const nameOf = await nameOwners(
    db,
    found.flatMap((row) => row.owner ?? []),
  );
  return found.map(({ owner: ownerId, imageId, key, etag, isGone, hasThumbnail, createdAt, record, ...row }) => {
    const facts = readStudioFacts(row.id, record);
    return {
      ...row,
      createdAt: new Date(createdAt),
      owner: ownerId === null ? null : nameOf(ownerId),
      image:
        imageId === null || key === null || etag === null ? null : { id: imageId, key, etag, isGone, hasThumbnail },
      runId: facts?.runId ?? null,
      usd: facts?.usd ?? null,
    };
  });
}

/** All of them with their whole prompts, for a file. */
export async function* exportGenerations(db: Db, asked: Asked): AsyncGenerator<ListedGeneration[]> {
  for (let after: Place | null = null; ; ) {
    const whole = { after, limit: EXPORT_PAGE, promptCharacters: LONGEST_PROMPT };
    const page: ListedGeneration[] = await listGenerations(db, asked, whole);
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (!last || page.length < EXPORT_PAGE) return;
    after = { createdAt: last.createdAt.getTime(), id: last.id };
    await nextTurn();
  }
}

/** Values of a filter with how many generations the other filters keep of each, the most first. */
export type GenerationChoice = { value: string; label: string; count: number };
export type GenerationCounts = {
  total: number;
  /** False: only the newest `MOST_COUNTED` were counted. */
  isWhole: boolean;
  choices: Record<"owner" | "mode" | "model" | "finish", GenerationChoice[]>;
};

const tallies = z.array(
  z.object({
    mode: z.string(),
    model: z.string(),
    finish: z.string(),
    owner: z.string(),
    count: z.coerce.number(),
  }),
);
const facets = ["owner", "mode", "model", "finish"] as const;
/** Owners that can be chosen, those with the most generations. */
const MOST_OWNERS = 50;

/** How many generations a filter keeps, and what it can be narrowed to. */
export async function countGenerations(db: Db, { filter, roots }: Asked): Promise<GenerationCounts> {
  const { owner: _owner, mode: _mode, model: _model, finish: _finish, ...others } = filter;
  const where = allOf([...conditionsOf(others), ...otherUses(filter, roots)]);
  const counted = new Map(facets.map((facet) => [facet, new Map<string, number>()]));
  let total = 0;
  let seen = 0;
  for await (const stretch of stretchesOf(db, { filter, roots }, null)) {
    if (seen >= MOST_COUNTED) return { total, isWhole: false, choices: await toChoices(db, counted) };
    seen += STRETCH;
    const found = await db.$queryRaw`
      WITH RECURSIVE ${survivors}
      SELECT coalesce(g."mode", ${NOT_SAID}) AS "mode", coalesce(g."model", ${NOT_SAID}) AS "model",
             coalesce(g."finishReason", ${NOT_SAID}) AS "finish", coalesce(${owner}, ${NOT_SAID}) AS "owner", count(*) AS "count"
        FROM ${stretch} AND ${where} GROUP BY 1, 2, 3, 4`;
    for (const { count, ...values } of tallies.parse(found)) {
      const misses = facets.filter((facet) => filter[facet] !== undefined && filter[facet] !== values[facet]);
      if (misses.length === 0) total += count;
      for (const facet of facets) {
        if (misses.some((miss) => miss !== facet)) continue;
        const of = counted.get(facet);
        of?.set(values[facet], (of.get(values[facet]) ?? 0) + count);
      }
    }
  }
  return { total, isWhole: true, choices: await toChoices(db, counted) };
}

async function toChoices(db: Db, counted: ReadonlyMap<string, ReadonlyMap<string, number>>) {
  const sorted = (facet: (typeof facets)[number]) =>
    Array.from(counted.get(facet) ?? [], ([value, count]) => ({ value, label: value, count })).sort(
      (a, b) => b.count - a.count || (a.value < b.value ? -1 : 1),
    );
  const owners = sorted("owner").slice(0, MOST_OWNERS);
  const nameOf = await nameOwners(
    db,
    owners.map(({ value }) => value),
  );
  const named = owners.map((one) => ({ ...one, label: one.value === NOT_SAID ? "No owner" : nameOf(one.value).name }));
  return { owner: named, mode: sorted("mode"), model: sorted("model"), finish: sorted("finish") };
}

/** Whose a generation is: its image's owner, and of one without an image whoever the record names. */
const owner = sql`CASE WHEN g."imageId" IS NULL THEN coalesce(m."ownerId", g."record"->>'owner') ELSE i."ownerId" END`;
/** The whole record of those that the console drew: only of these more is listed than the columns tell. */
const ofStudio = sql`CASE WHEN g."id" >= 'studio-' AND g."id" < 'studio.' THEN g."record" ELSE '{}' END`;
/** Beside each record its image, and who is left of the owner that the record names: a part of `survivors`. */
const beside = sql`LEFT JOIN "Image" i ON i."id" = g."imageId"
  LEFT JOIN survivor m ON g."imageId" IS NULL AND m."mergedId" = g."record"->>'owner'`;

function conditionsOf(filter: GenerationFilter): Sql[] {
  const isValue = (column: Sql, value: string | undefined) => {
    if (value === undefined) return [];
    return [value === NOT_SAID ? sql`(${column} IS NULL OR ${column} = ${value})` : sql`${column} = ${value}`];
  };
  const words = filter.text?.split(/\s+/).slice(0, MOST_WORDS) ?? [];
  return [
    ...isValue(sql`g."mode"`, filter.mode),
    ...isValue(sql`g."model"`, filter.model),
    ...isValue(sql`g."finishReason"`, filter.finish),
    ...isValue(owner, filter.owner),
    ...words.map((word) => contains(sql`g."prompt"`, word)),
  ];
}

/** The first thing that was used is where the list begins (`sourceOf`); it must have used the others as well. */
const otherUses = (filter: GenerationFilter, roots: readonly AttributeRoot[]): Sql[] =>
  usedIn(filter, roots)
    .slice(1)
    .map((used) => sql`g."id" IN (SELECT u."id" FROM ${usesOf(used)} u)`);

const places = z.array(z.object({ createdAt: z.coerce.number(), id: z.string() }));

/** The records, the newest first, in stretches as `"Generation" g …beside… WHERE condition`, to be read one after the other. */
async function* stretchesOf(db: Db, { filter, roots }: Asked, after: Place | null): AsyncGenerator<Sql, void> {
  const [used] = usedIn(filter, roots);
  for (let until = after; ; ) {
    const [last] = places.parse(
      await db.$queryRaw`
        SELECT s."createdAt", s."id" FROM ${sourceOf(used, { since: filter.since, until, from: null })} s
         ORDER BY s."createdAt" DESC, s."id" DESC LIMIT 1 OFFSET ${STRETCH - 1}`,
    );
    const source = sourceOf(used, { since: filter.since, until, from: last ?? null });
    yield sql`${source} s CROSS JOIN "Generation" g ON g."id" = s."id" ${beside} WHERE 1 = 1`;
    if (!last) return;
    until = last;
    await nextTurn();
  }
}

type Bounds = { since: Date | undefined; until: Place | null; from: Place | null };

/** The records between two places, of those that used something. */
function sourceOf(used: Used | undefined, { since, until, from }: Bounds): Sql {
  const between = (createdAt: Sql, id: Sql) =>
    allOf([
      ...(since ? [sql`${createdAt} >= ${since.getTime()}`] : []),
      ...(until ? [sql`(${createdAt}, ${id}) < (${until.createdAt}, ${until.id})`] : []),
      ...(from ? [sql`(${createdAt}, ${id}) >= (${from.createdAt}, ${from.id})`] : []),
    ]);
  if (used) return usesOf(used, between(sql`r."createdAt"`, sql`r."generationId"`));
  return sql`(SELECT o."createdAt", o."id" FROM "Generation" o WHERE ${between(sql`o."createdAt"`, sql`o."id"`)})`;
}
