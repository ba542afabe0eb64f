import type { MissingReference } from "~/features/attribute-groups/references/choose-references";
import { resolveReferences } from "~/features/attribute-groups/references/resolve-references.server";
import { DomainError } from "~/features/domain-error";
import { requireOwner } from "~/features/owners/require-owner.sql.server";
import type { DrawingFacts } from "~/features/prices/drawing-book";
import { explainUndrawable } from "~/features/prices/drawing-quote";
import { loadDrawingModels } from "~/features/prices/load-drawing-models.server";
import type { Db } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import { quote, quoteKey } from "~/quote";
import type { ShownPicture } from "./draw-images";
import { type DrawRequest, drawRequest, picturesOfMask } from "./draw-request";

/** A request that can be drawn now: what it shows, in the order in which it is sent, each with why. */
export type ResolvedDrawing = {
  facts: DrawingFacts;
  shown: (ShownPicture & { why: string })[];
  /** What was asked for and is not injected. */
  missing: MissingReference[];
};

/** @throws DomainError "invalid" with all that is wrong with it */
export function readDrawRequest(asked: unknown): DrawRequest {
  const { data, error } = drawRequest.safeParse(asked);
  if (data && data.mask !== null && data.baseId === null) {
    throw new DomainError("invalid", "A mask says where a base image is changed. Choose the base image.");
  }
  if (data) return data;
  throw new DomainError("invalid", error.issues.map(({ message }) => message).join(" "));
}

/**
 * Looks up what a request is about, as it stands now. Nothing is paid.
 * @throws DomainError "invalid" (a model that does not draw this, has ended or whose price is not known; an owner or images that are
 *   not there), and what `resolveReferences` throws
 */
export async function resolveDrawing(
  { db, model, clock }: Pick<Ports, "db" | "model" | "clock">,
  request: DrawRequest,
): Promise<ResolvedDrawing> {
  const now = clock.now();
  const facts = (await loadDrawingModels(model)).factsOf(request.model, now);
  if (request.ownerId !== null) await requireOwner(db, request.ownerId);
  const chosen = request.references && (await resolveReferences({ db }, request.references));
  const images = await readImages(db, [...request.images, ...(request.baseId === null ? [] : [request.baseId])]);
  const own = (id: number, role: "own" | "base", why: string) => ({ ...requireImage(images, id), role, why });
  const references = chosen?.references ?? [];
  const indexed = await readIndexed(
    db,
    references.map(({ key }) => key),
  );
  const shown: ResolvedDrawing["shown"] = [
    ...[...new Set(request.images)].map((id) => own(id, "own", "You chose it.")),
    ...references.map(({ key, etag, why }) => {
      const row = indexed.get(key);
      const isSame = row?.etag === etag;
      return {
        ...{ role: "reference" as const, key, etag, why },
        imageId: isSame ? row.id : null,
        bytes: isSame ? Number(row.bytes) : null,
      };
    }),
    ...(request.baseId === null
      ? []
      : [
          own(
            request.baseId,
            "base",
            request.mask === null ? "It is drawn anew." : "It is changed where the mask is painted.",
          ),
        ]),
  ];
  const { size, aspectRatio } = request;
  const undrawable = explainUndrawable(facts, {
    ...{ size, aspectRatio, textTokens: 0 },
    pictures: shown.length + picturesOfMask(request),
  });
  if (undrawable !== null) throw new DomainError("invalid", undrawable);
  const ended = explainDrawingEnd(facts, now);
  if (ended !== null) throw new DomainError("invalid", ended);
  if (facts.price === null || facts.sizes[size] == null) throw new DomainError("invalid", explainNoPrice(facts.model));
  return { facts, shown, missing: chosen?.missing ?? [] };
}

/** Why a model is not asked any more; null: it is. */
export function explainDrawingEnd({ model, ends, instead }: DrawingFacts, now: Date): string | null {
  if (ends === null || now < ends) return null;
  return `${quote(model)} is no longer served since ${ends.toISOString().slice(0, 10)}. Choose ${quote(instead ?? "another model")}.`;
}

const explainNoPrice = (model: string) =>
  `What ${quote(model)} costs is not known, so no budget could hold. Choose another model, or add its price to the file that MODELS_FILE names.`;

const columns = { id: true, key: true, etag: true, bytes: true, goneAt: true, archivedAs: true } as const;

async function readImages(db: Db, ids: number[]) {
  const rows = await db.image.findMany({ where: { id: { in: ids } }, select: columns });
  return new Map(rows.map((row) => [row.id, row]));
}

async function readIndexed(db: Db, keys: string[]) {
  const rows = await db.image.findMany({ where: { key: { in: keys }, goneAt: null }, select: columns });
  return new Map(rows.map((row) => [row.key, row]));
}

function requireImage(images: Awaited<ReturnType<typeof readImages>>, id: number) {
  const row = images.get(id);
  if (!row) throw new DomainError("invalid", `There is no image ${id}. Choose another.`);
  if (row.goneAt !== null) throw new DomainError("invalid", `${quoteKey(row.key)} is gone. Choose another image.`);
  if (row.archivedAs !== null) {
    throw new DomainError("invalid", `${quoteKey(row.key)} is archived. Restore it in the store, or choose another.`);
  }
  return { imageId: id, key: row.key, etag: row.etag, bytes: Number(row.bytes) };
}
