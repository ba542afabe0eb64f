import Database from "better-sqlite3";
import type { ImageQuery } from "~/features/images/query/image-query";

/** Queries that find about so many of all images, as people ask: of an owner, and since a day. */
export function filtersOf(file: string, images: number): { name: string; query: ImageQuery; isAsked: Uint8Array }[] {
  const db = new Database(file, { readonly: true });
  const owner = db
    .prepare(`SELECT "ownerId" FROM "Image" WHERE "ownerId" IS NOT NULL GROUP BY 1 ORDER BY abs(count(*) - ?) LIMIT 1`)
    .pluck()
    .get(images / 100) as string;
  const momentOf = (share: number) =>
    new Date(
      db
        .prepare(`SELECT "createdAt" FROM "Image" ORDER BY "createdAt" DESC LIMIT 1 OFFSET ?`)
        .pluck()
        .get(Math.floor(images * share)) as number,
    );
  const numbers = (where: string, value: string | number) => {
    const isAsked = new Uint8Array(images);
    const ids = db
      .prepare(`SELECT "id" FROM "Image" WHERE "goneAt" IS NULL AND ${where}`)
      .pluck()
      .all(value) as number[];
    for (const id of ids) isAsked[id - 1] = 1;
    return isAsked;
  };
  const since = (name: string, share: number) => {
    const moment = momentOf(share);
    return { name, query: { since: moment.toISOString() }, isAsked: numbers(`"createdAt" >= ?`, moment.getTime()) };
  };
  const filters = [
    { name: "none", query: {}, isAsked: numbers("? = 1", 1) },
    since("50 %", 0.5),
    since("10 %", 0.1),
    { name: "1 %", query: { owner: [owner] }, isAsked: numbers(`"ownerId" = ?`, owner) },
  ];
  db.close();
  return filters;
}
