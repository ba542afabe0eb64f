import { referenceModes } from "~/features/attribute-groups/references/reference-request";
import { DomainError } from "~/features/domain-error";
import { drawImages } from "~/features/drawing/draw-images";
import { drawRequest } from "~/features/drawing/draw-request";
import { readStudioFacts } from "~/features/generations/history/studio-facts";
import { generationRecord } from "~/features/generations/import/generation-record";
import { jsonColumn } from "~/features/json-column";
import type { Db } from "~/ports/db.server";
import { quote } from "~/quote";
import { type StudioForm, toStudioForm } from "./studio-form";

/** What a form begins as, and what could not be taken over, in sentences. `maskOf`: the run whose mask it begins with. */
export type Begun = { form: StudioForm; notes: string[]; maskOf: number | null };

/**
 * The form of a run or of a generation record, for drawing it again.
 * @param empty the form without either
 * @throws DomainError "not-found" for a run or record that there is not
 */
export async function readBegun(
  db: Db,
  { run, generation }: { run: string | null; generation: string | null },
  empty: StudioForm,
): Promise<Begun> {
  if (run) return ofRun(db, run, empty);
  return generation ? ofGeneration(db, generation, empty) : { form: empty, notes: [], maskOf: null };
}

/** The undo of a run has the request of that. */
async function ofRun(db: Db, text: string, empty: StudioForm): Promise<Begun> {
  const id = /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
  const row =
    id && (await db.jobRun.findUnique({ where: { id }, select: { kind: true, payload: true, undoOfId: true } }));
  const request = row && row.kind === drawImages.kind ? jsonColumn(drawRequest).safeParse(row.payload).data : null;
  if (!row || !request) throw new DomainError("not-found", `Run ${quote(text)} is none that draws images.`);
  const drawn = await db.drawRun.findUnique({
    where: { jobRunId: row.undoOfId ?? Number(text) },
    select: { jobRunId: true, budgetUsd: true },
  });
  const form = { ...toStudioForm(request, empty), ...(drawn && { budget: String(drawn.budgetUsd) }) };
  return { form, notes: [], maskOf: request.mask === null ? null : (drawn?.jobRunId ?? null) };
}

async function ofGeneration(db: Db, id: string, empty: StudioForm): Promise<Begun> {
  const row = await db.generation.findUnique({
    where: { id },
    include: { references: { orderBy: { position: "asc" } } },
  });
  if (!row) throw new DomainError("not-found", `There is no generation ${quote(id)}.`);
  const record = jsonColumn(generationRecord).safeParse(row.record).data;
  const facts = readStudioFacts(id, row.record);
  const shown = row.references.map(({ imageId, position }) => {
    const role = facts?.shownAs?.[position - 1] ?? "own";
    // The trial of a record of the image agent has a reference, and does not know by which values it was injected.
    return { imageId, role: role === "reference" && !facts?.injected ? "own" : role };
  });
  const idsOf = (role: "own" | "base") =>
    shown.flatMap((one) => (one.imageId !== null && one.role === role ? [one.imageId] : []));
  const lost = shown.filter(({ imageId, role }) => imageId === null && role !== "reference").length;
  const [baseId = null] = idsOf("base");
  const form: StudioForm = {
    ...empty,
    ...{ prompt: row.prompt, images: [...new Set(idsOf("own"))], ownerId: record?.owner ?? null, baseId },
    ...{ base: baseId === null ? "none" : facts?.mask ? "mask" : "anew", model: row.model ?? empty.model },
    ...(facts?.size && { size: facts.size, aspectRatio: facts.aspectRatio ?? null }),
    ...(facts?.injected && {
      ...{ mode: modeNamed(facts.injected.mode), root: facts.injected.root, ageRange: facts.injected.ageRange },
      attributes: { ...empty.attributes, ...facts.injected.attributes },
    }),
  };
  const hasMode = facts === null && modeNamed(row.mode) !== "none";
  const masked = facts?.mask
    ? await db.drawMask.findFirst({ where: { sha256: facts.mask }, select: { jobRunId: true } })
    : null;
  return {
    form,
    maskOf: masked?.jobRunId ?? null,
    notes: [
      ...(hasMode
        ? [
            `Its references were injected by ${row.mode}. The record does not say by which values, so they are your images here.`,
          ]
        : []),
      ...(lost > 0
        ? [`${lost} of the pictures that it was drawn from are not in the bucket, so they were left out.`]
        : []),
    ],
  };
}

const modeNamed = (name: string | null) => referenceModes.find((mode) => mode === name) ?? "none";
