import type { ShownPicture } from "~/features/drawing/draw-images";
import { type DrawRequest, drawRequest } from "~/features/drawing/draw-request";
import { explainDrawingEnd } from "~/features/drawing/resolve-drawing.server";
import { readStudioFacts, type StudioFacts } from "~/features/generations/history/studio-facts";
import { type TracedReference, traceReferences } from "~/features/generations/trace-references.server";
import type { DrawingBook, DrawingFacts } from "~/features/prices/drawing-book";
import { explainUndrawable } from "~/features/prices/drawing-quote";
import { loadDrawingModels } from "~/features/prices/load-drawing-models.server";
import type { Db, Prisma } from "~/ports/db.server";
import type { Ports } from "~/ports/index.server";
import type { Swap } from "./try-reference";

/** A generation that can be drawn once more, just as it was but for one reference. */
export type Triable = {
  id: string;
  prompt: string;
  createdAt: Date;
  /** What it was asked for; nobody owns what a trial draws. `take`: which of the request's pictures it was. */
  request: DrawRequest;
  take: number;
  facts: DrawingFacts;
  /** What it showed, in order, with the reference that is replaced. */
  shown: ShownPicture[];
};

/** A generation that cannot, and why, in words for several alike; null for one that nobody misses (a trial of before). */
type Passed = { id: string; why: string | null };
export type Judged = Triable | Passed;

const WHY_PASSED = {
  notDrawn: "no picture came of it",
  otherwise: "not injected as a reference there",
  mask: "changed by a mask",
  lost: "drawn from a picture that is gone or changed",
  model: "its model cannot be asked for this now",
} as const;

const beside = {
  image: { select: { id: true } },
  references: { orderBy: { position: "asc" } },
} satisfies Prisma.GenerationInclude;
type Row = Prisma.GenerationGetPayload<{ include: typeof beside }>;

/** Whether generations can be drawn with either reference of a swap, in the order of their ids; those that there are none of are left out. */
export async function judgeGenerations(
  { db, model, clock }: Pick<Ports, "db" | "model" | "clock">,
  swap: Swap,
  ids: readonly string[],
): Promise<Judged[]> {
  const rows = await db.generation.findMany({ where: { id: { in: [...ids] } }, include: beside });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const book = await loadDrawingModels(model);
  const known = { db, swap, book, now: clock.now() };
  return Promise.all(
    ids.flatMap((id) => {
      const row = byId.get(id);
      return row ? [judge(known, row)] : [];
    }),
  );
}

type Known = { db: Db; swap: Swap; book: DrawingBook; now: Date };

async function judge({ db, swap, book, now }: Known, row: Row): Promise<Judged> {
  const { id, prompt, createdAt } = row;
  const passed = (why: string | null): Passed => ({ id, why });
  const studio = readStudioFacts(id, row.record);
  if (studio?.trial) return passed(null);
  if (row.image === null) return passed(WHY_PASSED.notDrawn);
  if (studio?.mask) return passed(WHY_PASSED.mask);
  const traced = await traceReferences(db, row.references);
  const shown = await readShownThen(db, { traced, studio, swap });
  if (!shown) return passed(WHY_PASSED.lost);
  if (!shown.some(isReplaced(swap))) return passed(WHY_PASSED.otherwise);
  const facts = row.model === null ? null : book.factsOf(row.model, now);
  const request = facts && readRequest({ prompt, studio, facts, shown });
  if (!facts || !request || explainDrawingEnd(facts, now) !== null) return passed(WHY_PASSED.model);
  return { id, prompt, createdAt, request, take: studio?.picture ?? 1, facts, shown };
}

/** Of what a generation showed, the reference that a swap replaces: someone's own image stays, even where it is the same. */
export const isReplaced =
  ({ old }: Swap) =>
  ({ role, key, etag }: ShownPicture): boolean =>
    role === "reference" && key === old.key && etag === old.etag;

type Then = { traced: readonly TracedReference[]; studio: StudioFacts | null; swap: Swap };

/** What was shown then, where it lies now; null where one of it is gone or shows another picture. */
async function readShownThen(db: Db, { traced, studio, swap: { old } }: Then): Promise<ShownPicture[] | null> {
  const rows = await db.image.findMany({
    where: { id: { in: traced.flatMap(({ image }) => image?.id ?? []) } },
    select: { id: true, bytes: true, archivedAs: true },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const shown: ShownPicture[] = [];
  for (const { position, key, etag, image, hasChanged } of traced) {
    const role = roleOf(studio, position);
    if (image === null) {
      // It was drawn before its reference was indexed.
      if (key !== old.key || etag !== old.etag) return null;
      shown.push({ role, imageId: null, key, etag, bytes: null });
      continue;
    }
    const row = byId.get(image.id);
    if (!row || row.archivedAs !== null || image.isGone || hasChanged) return null;
    shown.push({ role, imageId: image.id, key: image.key, etag: image.etag, bytes: Number(row.bytes) });
  }
  return shown;
}

/** Records of the image agent do not tell roles: what they name was sent in this order, as references are. */
function roleOf(studio: StudioFacts | null, position: number): ShownPicture["role"] {
  const role = studio?.shownAs?.[position - 1];
  return role === "own" || role === "base" ? role : "reference";
}

/** What a generation was asked for; null where its model would not draw this now, or its price is not known. */
function readRequest({
  prompt,
  studio,
  facts,
  shown,
}: Pick<Triable, "prompt" | "facts" | "shown"> & { studio: StudioFacts | null }): DrawRequest | null {
  const sizes = Object.entries(facts.sizes).flatMap(([size, tokens]) => (tokens === null ? [] : [size]));
  const idsOf = (role: ShownPicture["role"]) =>
    shown.flatMap((one) => (one.role === role && one.imageId !== null ? [one.imageId] : []));
  const { data: request } = drawRequest.safeParse({
    ...{ prompt, model: facts.model, images: idsOf("own"), baseId: idsOf("base")[0] ?? null, mask: null },
    references: drawRequest.shape.references.safeParse(studio?.injected ?? null).data ?? null,
    ...{ size: studio?.size ?? sizes[0], aspectRatio: studio?.aspectRatio ?? null },
    ...{ ownerId: null, count: studio?.of ?? 1 },
  });
  if (!request || facts.price === null || !sizes.includes(request.size)) return null;
  const { size, aspectRatio } = request;
  return explainUndrawable(facts, { size, aspectRatio, pictures: shown.length, textTokens: 0 }) === null
    ? request
    : null;
}
