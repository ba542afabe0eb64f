/** The memory of topics. A topic of an owner is given its slug once, so that all its images lie in one folder for good. */

import { z } from "zod";
import type { Tx } from "~/ports/db.server";
import { rowsFrom, sql, valuesOf } from "~/ports/sql.server";
import { type KnownSlugs, proposeSlugs, slugRanges } from "./propose-slugs.server";
import { tidyTopic } from "./slug";

const topicRows = z.array(z.object({ topic: z.string(), slug: z.string() }));

/** What is remembered of an owner, as `proposeSlugs` needs it for these topics. Reads only. */
export async function findSlugs(
  db: Pick<Tx, "$queryRaw">,
  ownerId: string,
  topics: readonly string[],
): Promise<KnownSlugs> {
  const tidy = [...new Set(topics.map(tidyTopic))];
  // Each range is looked up in the index of slugs: a planner that walked all topics of an owner would do so for each.
  const couldBeWanted = sql`
    SELECT t."topic", t."slug"
      FROM ${rowsFrom(tidy.flatMap(slugRanges), { first: "text", bound: "text" })} r
     CROSS JOIN "Topic" t ON t."ownerId" = ${ownerId} AND t."slug" >= r."first" AND t."slug" < r."bound"`;
  const found = await db.$queryRaw`
    SELECT "topic", "slug" FROM "Topic" WHERE "ownerId" = ${ownerId} AND "topic" IN ${valuesOf(tidy)}
    UNION ${couldBeWanted}`;
  return new Map(topicRows.parse(found).map(({ topic, slug }) => [topic, slug]));
}

/** The slug that a topic of an owner has, or would be given now. Reads only. */
export async function expectSlug(db: Pick<Tx, "$queryRaw">, ownerId: string, topic: string): Promise<string> {
  const slug = proposeSlugs(await findSlugs(db, ownerId, [topic]), [topic]).get(topic);
  if (slug === undefined) throw new Error("A topic was given no slug.");
  return slug;
}

/**
 * The slug of each topic, as `topics` spells it. One that has none yet is given one, and keeps it. Its first statement
 * writes, so that of two writers at once the second sees what the first one gave.
 * @param ownerId “default” for none
 */
export async function rememberSlugs(
  tx: Tx,
  ownerId: string,
  topics: readonly string[],
  at: Date,
): Promise<Map<string, string>> {
  if (topics.length === 0) return new Map();
  // Takes the lock and changes nothing: no owner is called "".
  await tx.$executeRaw`UPDATE "Topic" SET "slug" = "slug" WHERE "ownerId" = ''`;
  const known = await findSlugs(tx, ownerId, topics);
  const slugs = proposeSlugs(known, topics);
  const byTopic = new Map(Array.from(slugs, ([topic, slug]) => [tidyTopic(topic), slug]));
  const added = Array.from(byTopic, ([topic, slug]) => ({ topic, slug })).filter(({ topic }) => !known.has(topic));
  if (added.length === 0) return slugs;
  await tx.$executeRaw`
    INSERT INTO "Topic" ("ownerId", "topic", "slug", "createdAt")
    SELECT ${ownerId}, n."topic", n."slug", ${at.getTime()}
      FROM ${rowsFrom(added, { topic: "text", slug: "text" })} n`;
  return slugs;
}
