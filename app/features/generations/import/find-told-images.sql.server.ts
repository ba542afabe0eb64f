import { z } from "zod";
import { groupBy } from "~/features/group-by";
import { findNamesakes } from "~/features/images/names/find-namesakes.sql.server";
import type { Db } from "~/ports/db.server";
import { type Sql, sql, valuesOf } from "~/ports/sql.server";
import { type AskedImage, type Choice, chooseImage, fileNamesOf, type Known, namesOf } from "./choose-image";
import type { ToldImage } from "./generation-record";

const known = {
  id: z.coerce.number(),
  key: z.string(),
  etag: z.string(),
  sha256: z.string().nullable(),
  ownerId: z.string().nullable(),
  isGone: z.coerce.boolean(),
};
const named = z.array(z.object({ name: z.string(), ...known }));

/** The bytes' hash counts only while it is that of the present bytes. */
const columns = sql`i."id", i."key", i."etag", CASE WHEN i."readEtag" = i."etag" THEN i."sha256" END AS "sha256",
  i."ownerId", i."goneAt" IS NOT NULL AS "isGone"`;

/**
 * Which image each of these means, in few queries for all of them: by a key (also at the end of a path or an address), by a
 * key that it had before, by its bytes; and what none of these tells, by its file name.
 */
export async function findToldImages(
  db: Db,
  told: readonly (ToldImage & { owner: string | null })[],
): Promise<Choice[]> {
  const asked = told.map((image): AskedImage => ({ ...image, names: image.isPayload ? [] : namesOf(image.told) }));
  const keys = valuesOf([...new Set(asked.flatMap(({ names }) => names))]);
  const hashes = valuesOf([...new Set(asked.flatMap(({ sha256 }) => sha256 ?? []))]);
  const answers = {
    ofKey: await read(db, sql`SELECT i."key" AS "name", ${columns} FROM "Image" i WHERE i."key" IN ${keys}`),
    ofFormerKey: await read(
      db,
      sql`SELECT f."key" AS "name", ${columns} FROM "FormerKey" f JOIN "Image" i ON i."id" = f."imageId" WHERE f."key" IN ${keys}`,
    ),
    ofHash: await read(db, sql`SELECT i."sha256" AS "name", ${columns} FROM "Image" i WHERE i."sha256" IN ${hashes}`),
    ofFile: new Map<string, Known[]>(),
  };
  const surely = asked.map((image) => chooseImage(image, answers));
  const left = asked.filter(({ isPayload }, at) => !isPayload && surely[at]?.image === null);
  const files = [...new Set(left.flatMap((image) => fileNamesOf(image.told)))];
  const all = { ...answers, ofFile: await readAlike(db, files) };
  return asked.map((image, at) => {
    const choice = surely[at];
    return choice?.image ? choice : chooseImage(image, all);
  });
}

type Named = Map<string, Known[]>;

async function read(db: Db, query: Sql): Promise<Named> {
  return groupBy(named.parse(await db.$queryRaw`${query}`), ({ name }) => name);
}

async function readAlike(db: Db, files: string[]): Promise<Named> {
  const namesakes = await findNamesakes(db, files);
  return read(db, sql`SELECT n."name", ${columns} FROM ${namesakes} n JOIN "Image" i ON i."id" = n."id"`);
}
