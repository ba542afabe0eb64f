import { z } from "zod";
import { groupBy } from "~/features/group-by";
import { findNamesakes } from "~/features/images/names/find-namesakes.sql.server";
import { closestTo, fileName } from "~/features/images/names/old-name";
import type { Db } from "~/ports/db.server";
import { type Sql, sql, valuesOf } from "~/ports/sql.server";

const named = z.array(z.object({ name: z.string(), id: z.coerce.number(), key: z.string(), etag: z.string() }));
type Named = z.infer<typeof named>[number];

const columns = sql`i."id", i."key", i."etag"`;

/** The image that a file means, and what told it; or how many it can mean. */
export type MeantImage =
  | { image: Omit<Named, "name">; by: "key" | "former key" | "name" }
  | { image: null; candidates: number };

/**
 * Which listed image each of these means, in few queries for all: by its key, by a key that it had, and in a file of another tool by
 * its file name, where only one image of that name lies in the most alike folders.
 */
export async function findMeantImages(
  db: Db,
  asked: readonly { told: string; isForeign: boolean }[],
): Promise<(told: string) => MeantImage> {
  const all = [...new Set(asked.map(({ told }) => told))];
  const byKey = await read(
    db,
    sql`SELECT i."key" AS "name", ${columns} FROM "Image" i
     WHERE i."key" IN ${valuesOf(all)} AND i."goneAt" IS NULL`,
  );
  const left = all.filter((told) => !byKey.has(told));
  const byFormerKey = await read(
    db,
    sql`SELECT f."key" AS "name", ${columns} FROM "FormerKey" f JOIN "Image" i ON i."id" = f."imageId"
     WHERE f."key" IN ${valuesOf(left)} AND i."goneAt" IS NULL`,
  );
  const foreign = new Set(asked.flatMap(({ told, isForeign }) => (isForeign ? [told] : [])));
  const unknown = left.filter((told) => foreign.has(told) && !byFormerKey.has(told));
  const byName = await readAlike(
    db,
    [...new Set(unknown.map(fileName))].filter((name) => name !== ""),
  );
  return (told) => {
    const ways = [
      { by: "key", found: byKey.get(told) },
      { by: "former key", found: byFormerKey.get(told) },
      { by: "name", found: foreign.has(told) ? closestTo(told, byName.get(fileName(told)) ?? []) : [] },
    ] as const;
    for (const { by, found = [] } of ways) {
      const [only, ...more] = found;
      if (only && more.length === 0) return { image: { id: only.id, key: only.key, etag: only.etag }, by };
      if (only) return { image: null, candidates: found.length };
    }
    return { image: null, candidates: 0 };
  };
}

async function read(db: Db, query: Sql): Promise<Map<string, Named[]>> {
  return groupBy(named.parse(await db.$queryRaw`${query}`), ({ name }) => name);
}

async function readAlike(db: Db, names: string[]): Promise<Map<string, Named[]>> {
  if (names.length === 0) return new Map();
  const namesakes = await findNamesakes(db, names);
  return read(
    db,
    sql`SELECT n."name", ${columns} FROM ${namesakes} n JOIN "Image" i ON i."id" = n."id" WHERE i."goneAt" IS NULL`,
  );
}
