import { DomainError } from "~/features/domain-error";
import { generationRecord } from "~/features/generations/import/generation-record";
import { readOwners } from "~/features/generations/import/plan-lines.sql.server";
import { traceReferences } from "~/features/generations/trace-references.server";
import { jsonColumn } from "~/features/json-column";
import type { Db, Prisma } from "~/ports/db.server";
import { quote } from "~/quote";
import { nameOwners } from "./name-owners.server";
import { COMPARED, type RecordedGeneration } from "./recorded-generation";
import { readStudioFacts } from "./studio-facts";

/** @throws DomainError "not-found" */
export async function readRecorded(db: Db, id: string): Promise<RecordedGeneration> {
  const row = await db.generation.findUnique({ where: { id }, include: beside });
  if (row) return toRecorded(db, row);
  throw new DomainError("not-found", `There is no generation record ${quote(id)}.`);
}

/**
 * Two to four generations, in this order.
 * @throws DomainError "invalid" for fewer or more; "not-found" that names one that there is none of
 */
export async function readCompared(db: Db, asked: readonly string[]): Promise<RecordedGeneration[]> {
  const ids = [...new Set(asked)];
  if (ids.length < COMPARED.least || ids.length > COMPARED.most) {
    throw new DomainError(
      "invalid",
      `Choose ${COMPARED.least} to ${COMPARED.most} generations to compare, not ${ids.length}.`,
    );
  }
  return Promise.all(ids.map((id) => readRecorded(db, id)));
}

const beside = {
  image: { select: { id: true, key: true, etag: true, goneAt: true, readEtag: true, unreadable: true } },
  references: { orderBy: { position: "asc" } },
  elsewhere: true,
} satisfies Prisma.GenerationInclude;
type Row = Prisma.GenerationGetPayload<{ include: typeof beside }>;

const record = jsonColumn(generationRecord.partial());

async function toRecorded(db: Db, row: Row): Promise<RecordedGeneration> {
  const { id, prompt, mode, model, finishReason, createdAt, told, elsewhere } = row;
  const studio = readStudioFacts(id, row.record);
  const why = new Map(elsewhere.map(({ position, lastError }) => [position, lastError]));
  const traced = await traceReferences(db, row.references);
  return {
    ...{ id, prompt, mode, model, finishReason, createdAt, told, studio },
    owner: await readOwner(db, row),
    image: row.image && {
      ...{ id: row.image.id, key: row.image.key, etag: row.image.etag, isGone: row.image.goneAt !== null },
      unreadable: row.image.readEtag === row.image.etag ? row.image.unreadable : null,
    },
    whyNotFound: why.get(0) ?? null,
    references: traced.map((reference) => ({
      ...reference,
      role: studio?.shownAs?.[reference.position - 1] ?? null,
      why: why.get(reference.position) ?? null,
    })),
  };
}

/** As the list has it: the image's owner, else whoever the record names, by who is left of merged ones. */
async function readOwner(db: Db, { imageId, ...row }: Row) {
  if (imageId !== null) {
    const image = await db.image.findUnique({ where: { id: imageId }, select: { ownerId: true } });
    return image?.ownerId ? (await nameOwners(db, [image.ownerId]))(image.ownerId) : null;
  }
  const named = record.parse(row.record).owner ?? null;
  if (named === null) return null;
  const id = (await readOwners(db, [named])).get(named)?.id ?? named;
  return (await nameOwners(db, [id]))(id);
}
