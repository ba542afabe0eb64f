import { z } from "zod";
import { survivors } from "~/features/images/surviving-owner.sql.server";
import { jsonColumn } from "~/features/json-column";
import type { Db, Tx } from "~/ports/db.server";
import { rowsFrom, valuesOf } from "~/ports/sql.server";
import { generationRecord } from "./generation-record";
import { foundReference } from "./import-generations";

const hash = z.string().nullable();
const staged = z.array(
  z.object({
    line: z.coerce.number(),
    generationId: z.string().nullable(),
    record: jsonColumn(generationRecord).nullable(),
    hash,
    problem: z.string().nullable(),
    firstLine: z.coerce.number().nullable(),
    firstHash: hash,
    knownHash: hash,
  }),
);
export type StagedLine = z.infer<typeof staged>[number];

/** The next lines of an import, each with the first line of the same id, and the hash of the record that has it already. */
export async function readStagedLines(
  db: Db,
  { importId, after, limit }: { importId: number; after: number; limit: number },
): Promise<StagedLine[]> {
  return staged.parse(
    await db.$queryRaw`
      SELECT l."line", l."generationId", l."record", l."hash", l."problem", f."line" AS "firstLine", f."hash" AS "firstHash",
             g."hash" AS "knownHash"
        FROM "GenerationLine" l
        LEFT JOIN "GenerationLine" f ON f."importId" = l."importId" AND f."line" = (
             SELECT e."line" FROM "GenerationLine" e
              WHERE e."importId" = l."importId" AND e."generationId" = l."generationId" AND e."problem" IS NULL
              ORDER BY e."line" LIMIT 1)
        LEFT JOIN "Generation" g ON g."id" = l."generationId"
       WHERE l."importId" = ${importId} AND l."line" > ${after} ORDER BY l."line" LIMIT ${limit}`,
  );
}

const open = z.array(
  z.object({
    id: z.string(),
    imageId: z.coerce.number().nullable(),
    key: z.string().nullable(),
    references: jsonColumn(z.array(foundReference)),
  }),
);

/** Of these records, those of which something was not found, by id. */
export async function readUnresolved(db: Db, ids: string[]) {
  const rows = open.parse(
    await db.$queryRaw`
      SELECT g."id", g."imageId", i."key", g."references" FROM "Generation" g LEFT JOIN "Image" i ON i."id" = g."imageId"
       WHERE g."id" IN ${valuesOf(ids)} AND EXISTS (SELECT 1 FROM "ExternalReference" e WHERE e."generationId" = g."id")`,
  );
  const elsewhere = await db.externalReference.findMany({
    where: { generationId: { in: rows.map(({ id }) => id) } },
    orderBy: { position: "asc" },
  });
  return new Map(
    rows.map((row) => [
      row.id,
      { ...row, elsewhere: elsewhere.flatMap(({ generationId, ...one }) => (generationId === row.id ? [one] : [])) },
    ]),
  );
}

const owners = z.array(z.object({ id: z.string(), survivor: z.string().nullable(), isKnown: z.coerce.boolean() }));

/** Whom these owner ids stand for today: one that was merged away for the owner that is left. */
export async function readOwners(db: Pick<Tx, "$queryRaw">, ids: string[]) {
  const rows = ids.map((id) => ({ id }));
  const found = owners.parse(
    await db.$queryRaw`
      WITH RECURSIVE ${survivors}
      SELECT a."id", s."ownerId" AS "survivor", o."id" IS NOT NULL AS "isKnown"
        FROM ${rowsFrom(rows, { id: "text" })} a
        LEFT JOIN "Owner" o ON o."id" = a."id" LEFT JOIN survivor s ON s."mergedId" = a."id"`,
  );
  return new Map(found.map(({ id, survivor, isKnown }) => [id, { id: survivor ?? id, isKnown }]));
}
