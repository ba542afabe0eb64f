import { z } from "zod";
import { foundReference } from "~/features/generations/import/import-generations";
import { writeWords } from "~/features/images/text/image-text.sql.server";
import { jsonColumn } from "~/features/json-column";
import type { Db, Tx } from "~/ports/db.server";
import { rowsFrom } from "~/ports/sql.server";
import { quote } from "~/quote";
import { type ExternalPlace, type ResolvedReference, resolvedReference } from "./external-reference";

type Image = { id: number; key: string; etag: string };
type Reads = Pick<Tx, "$queryRaw">;

const references = jsonColumn(z.array(foundReference));
const open = z.array(resolvedReference.extend({ position: z.coerce.number() }));
const places = z.array(z.object({ named: z.string().nullable(), isOpen: z.coerce.boolean() }));

/** Those of these that are still to be found, as an undo needs them. */
export async function readExternal(db: Reads, places: readonly ExternalPlace[]): Promise<ResolvedReference[]> {
  const rows = rowsFrom(
    places.map(({ generationId, position }) => ({ generationId, place: position })),
    {
      generationId: "text",
      place: "integer",
    },
  );
  return open.parse(
    await db.$queryRaw`
      SELECT e."generationId", e."position", e."url", e."payloadHash", e."lastError",
             g."references"->(e."position" - 1)->>'told' AS "told"
        FROM ${rows} p CROSS JOIN "ExternalReference" e ON e."generationId" = p."generationId" AND e."position" = p."place"
        JOIN "Generation" g ON g."id" = e."generationId"`,
  );
}

/** Has the records name the image that was found, and no longer where it was. What was resolved meanwhile stays as it is. */
export async function resolveReferences(tx: Tx, places: readonly ExternalPlace[], image: Image): Promise<void> {
  for (const { generationId, position } of places) {
    const { count } = await tx.externalReference.deleteMany({ where: { generationId, position } });
    if (count > 0) await link(tx, { generationId, position }, image);
  }
  await refreshWords(tx, image.id);
}

/** The records stay as they are, and say why. */
export async function tellWhyNot(tx: Tx, places: readonly ExternalPlace[], lastError: string): Promise<void> {
  const where = { OR: places.map(({ generationId, position }) => ({ generationId, position })) };
  await tx.externalReference.updateMany({ where, data: { lastError } });
}

/** Has the records name again what they named before, where they still name this image. */
export async function giveBackReferences(tx: Tx, resolved: readonly ResolvedReference[], key: string): Promise<void> {
  for (const { told, ...row } of resolved) {
    if ((await stateOf(tx, row, key)) !== "resolved") continue;
    await link(tx, row, told === null ? null : { told });
    await tx.externalReference.create({ data: row });
  }
  const image = await tx.image.findUnique({ where: { key }, select: { id: true } });
  if (image) await refreshWords(tx, image.id);
}

/** Why these cannot be given back, as a sentence; null: they can, or were. */
export async function whyNotGivenBack(
  db: Db,
  resolved: readonly ResolvedReference[],
  key: string,
): Promise<string | null> {
  for (const row of resolved) {
    if ((await stateOf(db, row, key)) === "other")
      return `The record ${quote(row.generationId)} changed since the run.`;
  }
  return null;
}

/** Whether a place of a record names the image at a key, is still to be found, names another, or is gone with its record. */
async function stateOf(db: Reads, { generationId, position }: ExternalPlace, key: string) {
  const [place] = places.parse(
    await db.$queryRaw`
      SELECT CASE WHEN ${position} = 0 THEN i."key" ELSE g."references"->CAST(${position} - 1 AS INTEGER)->>'key' END AS "named",
             EXISTS (SELECT 1 FROM "ExternalReference" e WHERE e."generationId" = g."id" AND e."position" = ${position}) AS "isOpen"
        FROM "Generation" g LEFT JOIN "Image" i ON i."id" = g."imageId" WHERE g."id" = ${generationId}`,
  );
  if (!place) return "gone";
  if (place.isOpen) return "open";
  return place.named === key ? "resolved" : "other";
}

async function link(
  tx: Tx,
  { generationId: id, position }: ExternalPlace,
  to: Image | { told: string } | null,
): Promise<void> {
  if (position === 0) {
    await tx.generation.update({ where: { id }, data: { imageId: to && "id" in to ? to.id : null } });
    return;
  }
  if (to === null) return;
  const record = await tx.generation.findUniqueOrThrow({ where: { id }, select: { references: true } });
  const entry = "id" in to ? { imageId: to.id, key: to.key, etag: to.etag } : to;
  const all = references.parse(record.references).with(position - 1, entry);
  await tx.generation.update({ where: { id }, data: { references: JSON.stringify(all) } });
}

/** Images are found by the prompts of their records. */
async function refreshWords(tx: Tx, imageId: number): Promise<void> {
  await tx.image.updateMany({ where: { id: imageId, isTextDue: true }, data: { isTextDue: false } });
  await writeWords(tx, [imageId]);
}
