import { z } from "zod";
import { readOwners } from "~/features/generations/import/plan-lines.sql.server";
import type { Db } from "~/ports/db.server";
import { sql } from "~/ports/sql.server";

const rows = z.array(
  z.object({
    generationId: z.string(),
    position: z.coerce.number(),
    url: z.string().nullable(),
    payloadHash: z.string().nullable(),
    prompt: z.string(),
    model: z.string().nullable(),
    owner: z.string().nullable(),
  }),
);

/** An image that a record names and that still lives elsewhere; `owner` as of today. */
export type External = z.infer<typeof rows>[number];

/** As much of a prompt as a topic is made of. */
const PROMPT = 200;

/** What can be fetched; a path of another machine cannot. */
const isWithinReach = sql`(lower(substr(e."url", 1, 7)) = 'http://' OR lower(substr(e."url", 1, 8)) = 'https://'
  OR e."url" IS NULL AND e."payloadHash" IS NOT NULL)`;

/** How many images and references of generation records are none of ours yet. */
export const countExternalReferences = (db: Db): Promise<number> => db.externalReference.count();

const found = z.tuple([z.object({ isThere: z.coerce.boolean() })]);

/** Whether any of them could be fetched, or came with the records. It looks no further than the first. */
export async function hasExternalWithinReach(db: Db): Promise<boolean> {
  const [{ isThere }] = found.parse(
    await db.$queryRaw`SELECT EXISTS (SELECT 1 FROM "ExternalReference" e WHERE ${isWithinReach}) AS "isThere"`,
  );
  return isThere;
}

/** The first of those that can be fetched, or whose bytes came with the records, in the order of the records. */
export async function listExternal(db: Db, limit: number): Promise<External[]> {
  const found = rows.parse(
    await db.$queryRaw`
      SELECT e."generationId", e."position", e."url", e."payloadHash", substr(g."prompt", 1, ${PROMPT}) AS "prompt", g."model",
             g."record"->>'owner' AS "owner"
        FROM "ExternalReference" e JOIN "Generation" g ON g."id" = e."generationId"
       WHERE ${isWithinReach} ORDER BY e."generationId", e."position" LIMIT ${limit}`,
  );
  const owners = await readOwners(db, [...new Set(found.flatMap(({ owner }) => owner ?? []))]);
  return found.map((row) => ({ ...row, owner: row.owner === null ? null : (owners.get(row.owner)?.id ?? row.owner) }));
}
