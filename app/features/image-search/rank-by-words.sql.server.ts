import { z } from "zod";
import { parseImageOrder } from "~/features/images/browse/image-order";
import { listImages } from "~/features/images/browse/list-images.sql.server";
import { type ImageQuery, LONGEST_TEXT } from "~/features/images/query/image-query";
import { imagesWhere, type Known } from "~/features/images/query/image-query.sql.server";
import { sourcesOfText, wordsOf } from "~/features/images/query/search-images.sql.server";
import { jsonColumn } from "~/features/json-column";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { jsonList, type Sql, sql, valuesOf } from "~/ports/sql.server";

/** Words of a text that are asked for: more tell no more about a picture, and each is a question. */
const MOST_WORDS = 32;
/** The newest images that are read of each word: some 10 ms. What nearly all have tells them apart the least. */
const MOST_OF_A_WORD = 20_000;
/** Candidates that are held to the query's filters at once. */
const CHECKED_AT_ONCE = 2_000;

type Search = { text: string; query: ImageQuery; schema: Omit<Known, "now">; limit: number };

/**
 * An image with the words that it was found by, and which share they are of what all words of the text weigh: 1 for all of them. A word
 * that no image has weighs the most.
 */
type RankedByWords = { id: number; words: string[]; share: number };

/**
 * Images that have words of a text, the best first: those that have all of them, the newest first, then by how rare the words
 * are that they have (the sum of ln(1 + images / images with the word)). Where words are found is as in lists of images: the
 * image's own text, its owner's name, the values of its labels.
 * @param search.query filters that hold for each; its own text is none of them
 */
export async function rankByWords(
  { db, clock }: { db: Db; clock: Clock },
  { text, query, schema, limit }: Search,
): Promise<RankedByWords[]> {
  const words = [...new Set(wordsOf(text))].slice(0, MOST_WORDS);
  const whole = words.join(" ");
  if (words.length === 0) return [];
  const known = { now: clock.now(), ...schema };
  const order = parseImageOrder("created-desc");
  const all =
    whole.length > LONGEST_TEXT
      ? []
      : (await listImages({ db, clock }, { query: { ...query, text: whole }, order, from: null, limit, schema }))
          .images;
  const ranked = all.map(({ id }) => ({ id, words, share: 1 }));
  if (ranked.length === limit || words.length === 1) return ranked;
  const isRanked = new Set(ranked.map(({ id }) => id));
  const rest = (await weigh(db, words, schema.attributes)).filter(({ id }) => !isRanked.has(id));
  return [
    ...ranked,
    ...(await firstOf(db, rest, imagesWhere({ ...query, text: undefined }, known), limit - ranked.length)),
  ];
}

/** The newest images of each word, by the weight of the words that they have. */
async function weigh(db: Db, words: readonly string[], attributes: Known["attributes"]): Promise<RankedByWords[]> {
  const images = await countAlmost(db);
  const weighed = new Map<number, { id: number; words: string[]; weight: number }>();
  let total = 0;
  for (const word of words) {
    const ids = await newestWith(db, word, attributes);
    const weight = Math.log(1 + images / Math.max(1, ids.length));
    total += weight;
    for (const id of ids) {
      const one = weighed.get(id) ?? { id, words: [], weight: 0 };
      one.words.push(word);
      one.weight += weight;
      weighed.set(id, one);
    }
  }
  return [...weighed.values()]
    .sort((a, b) => b.weight - a.weight || b.id - a.id)
    .map(({ weight, ...one }) => ({ ...one, share: weight / total }));
}

const ids = z.tuple([z.object({ ids: jsonColumn(z.array(z.number())) })]);
const readIds = async (db: Db, found: Sql) =>
  ids.parse(await db.$queryRaw`SELECT ${jsonList(sql`"id"`)} AS "ids" FROM (${found})`)[0].ids;

async function newestWith(db: Db, word: string, attributes: Known["attributes"]): Promise<number[]> {
  const [source] = (await sourcesOfText(db, word, attributes)) ?? [];
  return source ? readIds(db, sql`SELECT "id" FROM (${source.ids}) ORDER BY "id" DESC LIMIT ${MOST_OF_A_WORD}`) : [];
}

/** The first of some candidates for which a condition holds. */
async function firstOf(db: Db, candidates: readonly RankedByWords[], where: Sql, limit: number) {
  const first: RankedByWords[] = [];
  for (let from = 0; from < candidates.length && first.length < limit; from += CHECKED_AT_ONCE) {
    const some = candidates.slice(from, from + CHECKED_AT_ONCE);
    const found = new Set(
      await readIds(
        db,
        sql`SELECT i."id" FROM "Image" i WHERE i."id" IN ${valuesOf(some.map(({ id }) => id))} AND ${where}`,
      ),
    );
    first.push(...some.filter(({ id }) => found.has(id)));
  }
  return first.slice(0, limit);
}

const last = z.tuple([z.object({ last: z.coerce.number().nullable() })]);
/** The last id: a million images take 10 ms to count, and a weight does not need to know. */
const countAlmost = async (db: Db): Promise<number> =>
  last.parse(await db.$queryRaw`SELECT max("id") AS "last" FROM "Image"`)[0].last ?? 0;
