import { z } from "zod";
import { writeWords } from "~/features/images/text/image-text.sql.server";
import type { ItemRange } from "~/features/job-runs/kinds/handler";
import { jsonColumn } from "~/features/json-column";
import type { Db, Tx } from "~/ports/db.server";
import { rowsFrom, sql, valuesOf } from "~/ports/sql.server";
import { quote } from "~/quote";
import { type GenerationState, generationState, refusedLine } from "./import-generations";
import { readOwners } from "./plan-lines.sql.server";

const items = z.array(
  z.object({
    seq: z.coerce.number(),
    subject: z.string(),
    before: jsonColumn(generationState).nullable(),
    target: jsonColumn(z.union([refusedLine, generationState])).nullable(),
  }),
);
type Item = z.infer<typeof items>[number];

const rows = z.array(z.object({ id: z.string(), hash: z.string(), imageId: z.coerce.number().nullable() }));
const images = z.array(z.object({ id: z.coerce.number(), ownerId: z.string().nullable() }));

/** An item that can be done: the record as it is, and as it shall be; null: there is none. */
type Change = { seq: number; id: string; before: GenerationState | null; target: GenerationState | null };

/** What items of a range would do, and why some cannot: their record is no longer as `before` says. */
async function judge(db: Db | Tx, found: Item[], since: string) {
  const known = new Map(
    rows
      .parse(
        await db.$queryRaw`
          SELECT "id", "hash", "imageId" FROM "Generation" WHERE "id" IN ${valuesOf(found.map(({ subject }) => subject))}`,
      )
      .map((row) => [row.id, row]),
  );
  const owners = await readImageOwners(
    db,
    found.flatMap(({ target }) => imageOf(target) ?? []),
  );
  const changes: Change[] = [];
  const refused: { seq: number; reason: string }[] = [];
  for (const { seq, subject: id, before, target } of found) {
    const now = known.get(id) ?? null;
    const imageId = imageOf(target);
    if (target && "problem" in target) refused.push({ seq, reason: target.problem });
    else if (!(before === null ? now === null : now?.hash === before.hash && now.imageId === before.imageId))
      refused.push({ seq, reason: `The record ${quote(id)} changed since ${since}.` });
    else if (imageId !== null && !owners.has(imageId))
      refused.push({ seq, reason: `The image of the record ${quote(id)} is no longer indexed.` });
    else changes.push({ seq, id, before, target });
  }
  return { changes, refused, owners };
}

const imageOf = (target: Item["target"]) => (target && "imageId" in target ? target.imageId : null);

async function readImageOwners(db: Db | Tx, ids: number[]): Promise<Map<number, string | null>> {
  const found = images.parse(
    await db.$queryRaw`SELECT "id", "ownerId" FROM "Image" WHERE "id" IN ${valuesOf([...new Set(ids)])}`,
  );
  return new Map(found.map(({ id, ownerId }) => [id, ownerId]));
}

const readItems = async (db: Db | Tx, { runId, firstSeq, lastSeq }: ItemRange): Promise<Item[]> =>
  items.parse(
    await db.$queryRaw`
      SELECT i."seq", i."subject", i."before", i."target" FROM "JobItem" i
       WHERE i."runId" = ${runId} AND i."seq" BETWEEN ${firstSeq} AND ${lastSeq} AND +i."outcome" IS NULL ORDER BY i."seq"`,
  );

/**
 * In what follows an image or item is found by its key, from the rows that are to be written: the "+" keeps planners from walking
 * along an owner's images instead, and so does `runId` in each row.
 *
 * Has the records of a range's open items be as their `target` says: written, found, or removed. Owners that images get by them,
 * and the words that their prompts are found by, change along.
 * @param since what the items are compared with, in words: “the plan was made”
 */
export async function writeGenerations(tx: Tx, range: ItemRange, since: string): Promise<void> {
  const { changes, refused, owners } = await judge(tx, await readItems(tx, range), since);
  const { runId } = range;
  if (refused.length > 0) {
    const list = rowsFrom(
      refused.map((one) => ({ ...one, runId })),
      { runId: "integer", seq: "integer", reason: "text" },
    );
    await tx.$executeRaw`
      UPDATE "JobItem" AS i SET "outcome" = 'skipped', "reason" = r."reason" FROM ${list} r
       WHERE i."runId" = r."runId" AND i."seq" = r."seq"`;
  }
  await takeOwners(tx, changes);
  await giveOwners(tx, runId, changes, owners);
  await writeRecords(tx, runId, changes);
  const touched = changes.flatMap(({ before, target }) => [before?.imageId ?? [], target?.imageId ?? []].flat());
  const ids = [...new Set(touched)];
  await tx.$executeRaw`UPDATE "Image" SET "isTextDue" = false WHERE "id" IN ${valuesOf(ids)} AND "isTextDue" = true`;
  await writeWords(tx, ids);
}

/** Images whose owner came by a record that is taken back have none again, unless someone gave them another. */
async function takeOwners(tx: Tx, changes: Change[]): Promise<void> {
  const given = changes.flatMap(({ before, target }) =>
    before?.ownerId && !target?.ownerId ? [{ id: before.imageId, ownerId: before.ownerId }] : [],
  );
  await tx.$executeRaw`
    UPDATE "Image" AS i SET "ownerId" = NULL FROM ${rowsFrom(given, { id: "integer", ownerId: "text" })} r
     WHERE i."id" = r."id" AND +i."ownerId" = r."ownerId"`;
}

async function giveOwners(tx: Tx, runId: number, changes: Change[], owners: Map<number, string | null>): Promise<void> {
  const wanted = changes.flatMap(({ seq, target }) =>
    target?.ownerId && target.imageId !== null ? [{ seq, target, id: target.imageId, ownerId: target.ownerId }] : [],
  );
  const survivors = await readOwners(tx, [...new Set(wanted.map(({ ownerId }) => ownerId))]);
  // An image that got an owner since keeps it, and the item says that none came by it; or that another came, into whom the
  // record's was merged since.
  const given = wanted.map((one) => {
    const ownerId = owners.get(one.id) === null ? (survivors.get(one.ownerId)?.id ?? one.ownerId) : null;
    return { ...one, ownerId, isAsPlanned: ownerId === one.ownerId };
  });
  const otherwise = given
    .filter(({ isAsPlanned }) => !isAsPlanned)
    .map(({ seq, target, ownerId }) => ({ runId, seq, after: JSON.stringify({ ...target, ownerId }) }));
  if (otherwise.length > 0) {
    await tx.$executeRaw`
      UPDATE "JobItem" AS i SET "after" = r."after"
        FROM ${rowsFrom(otherwise, { runId: "integer", seq: "integer", after: "text" })} r
       WHERE i."runId" = r."runId" AND i."seq" = r."seq"`;
  }
  const found = given.flatMap(({ target, id, ownerId }) =>
    ownerId === null ? [] : [{ id, ownerId, createdAt: target.record.createdAt }],
  );
  if (found.length === 0) return;
  const list = rowsFrom(found, { id: "integer", ownerId: "text", createdAt: "integer" });
  await tx.$executeRaw`
    INSERT INTO "Owner" ("id", "name", "createdAt")
    SELECT r."ownerId", r."ownerId", min(r."createdAt") FROM ${list} r WHERE true GROUP BY r."ownerId"
        ON CONFLICT ("id") DO NOTHING`;
  await tx.$executeRaw`
    UPDATE "Image" AS i SET "ownerId" = r."ownerId" FROM ${list} r WHERE i."id" = r."id" AND +i."ownerId" IS NULL`;
}

async function writeRecords(tx: Tx, runId: number, changes: Change[]): Promise<void> {
  const ids = valuesOf(changes.map(({ id }) => id));
  const removed = changes.flatMap(({ id, target }) => (target === null ? [id] : []));
  await tx.$executeRaw`DELETE FROM "ExternalReference" WHERE "generationId" IN ${ids}`;
  if (removed.length > 0) await tx.$executeRaw`DELETE FROM "Generation" WHERE "id" IN ${valuesOf(removed)}`;
  const written = changes.flatMap(({ target, ...change }) => (target === null ? [] : [{ ...change, target }]));
  const records = written.map(({ id, seq, target: { record, hash, imageId, references, ownerId } }) => ({
    id,
    ...(ownerId !== null && { runId, seq }),
    imageId,
    prompt: record.prompt,
    model: record.model,
    mode: record.mode,
    finishReason: record.finishReason,
    createdAt: record.createdAt,
    told: record.image?.told ?? null,
    references: JSON.stringify(references),
    record: JSON.stringify(record),
    hash,
  }));
  const names = sql`"id", "imageId", "prompt", "model", "mode", "finishReason", "createdAt", "told", "references", "record", "hash", "runId", "seq"`;
  await tx.$executeRaw`
    INSERT INTO "Generation" (${names})
    SELECT ${names} FROM ${rowsFrom(records, {
      id: "text",
      imageId: "integer",
      prompt: "text",
      model: "text",
      mode: "text",
      finishReason: "text",
      createdAt: "integer",
      told: "text",
      references: "text",
      record: "text",
      hash: "text",
      runId: "integer",
      seq: "integer",
    })} r WHERE true
        ON CONFLICT ("id") DO UPDATE SET "imageId" = excluded."imageId", "references" = excluded."references",
           "runId" = coalesce(excluded."runId", "Generation"."runId"), "seq" = coalesce(excluded."seq", "Generation"."seq")`;
  const elsewhere = written.flatMap(({ id, target }) => target.elsewhere.map((one) => ({ id, ...one })));
  if (elsewhere.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO "ExternalReference" ("generationId", "position", "url", "payloadHash", "lastError")
    SELECT r."id", r."place", r."url", r."payloadHash", r."lastError" FROM ${rowsFrom(
      elsewhere.map(({ position, ...one }) => ({ ...one, place: position })),
      { id: "text", place: "integer", url: "text", payloadHash: "text", lastError: "text" },
    )} r`;
}

/** Items of an undo whose record is no longer as the run left it, the first of them with why. */
export async function findGenerationConflicts(db: Db, range: ItemRange, limit: number) {
  const { refused } = await judge(db, await readItems(db, range), "the run");
  return { count: refused.length, sample: refused.slice(0, limit).map(({ reason }) => reason) };
}
