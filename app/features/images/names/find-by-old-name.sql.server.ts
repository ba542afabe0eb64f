import { z } from "zod";
import type { Db } from "~/ports/db.server";
import { fileNameOf, type Sql, sql, valuesOf } from "~/ports/sql.server";
import { closestTo, fileName, formsOf } from "./old-name";

/** Images that are looked at by one file name: every group may have its “reference.png”. */
const MOST = 2_000;

const found = z.array(z.object({ id: z.coerce.number(), key: z.string(), etag: z.string() }));
type Found = z.infer<typeof found>;

/**
 * The images that an old name means, by the surest way that finds any: the key of today, letter by letter; one that it
 * may have been copied from; a key that an image had before; the path
 * or address by which its generation record names it; the file name alone, of which those in the most alike folders are meant. An image whose object is gone comes last, unless one of
 * its keys was named: then only another with its name and its bytes is meant in its place.
 * @param name a key, a file name, or a path of some machine; also percent-encoded
 */
export async function findByOldName({ db }: { db: Db }, name: string): Promise<{ id: number; key: string }[]> {
  const forms = formsOf(name);
  const isKey = sql`i."key" = ${name}`;
  const byKey = sql`i."key" IN ${valuesOf(forms)}`;
  const byFormerKey = sql`i."id" IN (SELECT f."imageId" FROM "FormerKey" f WHERE f."key" IN ${valuesOf(forms)})`;
  const byRecord = sql`i."id" IN (SELECT g."imageId" FROM "Generation" g WHERE g."told" IN ${valuesOf(forms)})`;
  for (const condition of [isKey, byKey, byFormerKey, byRecord]) {
    const images = await select(db, sql`${condition} AND i."goneAt" IS NULL`);
    if (images.length > 0) return images;
  }
  const names = [...new Set(forms.map(fileName))].filter((form) => form !== "");
  const byName = sql`${fileNameOf(sql`i."key"`)} IN ${valuesOf(names)}`;
  const alike = await select(db, sql`${byName} AND i."goneAt" IS NULL`);
  const gone = await select(db, sql`(${byKey} OR ${byFormerKey}) AND i."goneAt" IS NOT NULL`);
  if (gone.length === 0) return closestTo(name, alike.length > 0 ? alike : await select(db, byName));
  const same = alike.filter(({ etag }) => gone.some((image) => image.etag === etag));
  return same.length > 0 ? closestTo(name, same) : gone;
}

async function select(db: Db, condition: Sql): Promise<Found> {
  return found.parse(
    await db.$queryRaw`SELECT i."id", i."key", i."etag" FROM "Image" i WHERE ${condition} ORDER BY i."key" LIMIT ${MOST}`,
  );
}
