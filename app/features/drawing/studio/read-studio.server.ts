import { AGE, modeAttributes, referenceModes } from "~/features/attribute-groups/references/reference-request";
import { type LabelSchema, rootAttributes } from "~/features/label-schema/label-schema";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import type { DrawingFacts } from "~/features/prices/drawing-book";
import { loadDrawingModels } from "~/features/prices/load-drawing-models.server";
import type { Ports } from "~/ports/index.server";
import { type Begun, readBegun } from "./begun-form.server";
import { readStudioAddress, type StudioForm } from "./studio-form";
import { readStudioImages, type StudioImage } from "./studio-image.server";

/** A model that draws, and what it can be asked for. `mostPictures`: null where it is not known. */
export type StudioModel = { name: string } & Pick<DrawingFacts, "aspectRatios" | "mostPictures"> & { sizes: string[] };

/** An attribute root, with the attributes that a mode may ask for. */
export type StudioRoot = { name: string; attributes: { name: string; values: string[] }[] };

export type StudioView = {
  /** The newest first; empty: nothing can be drawn. */
  models: StudioModel[];
  roots: StudioRoot[];
  ageRanges: string[];
  form: StudioForm;
  /** Those that the form names, own and base. */
  images: StudioImage[];
  owner: { id: string; name: string } | null;
  /** What could not be taken over from what the form began as, in sentences. */
  notes: string[];
  /** The mask that the form begins with, and the image that it was painted on; null: none. */
  mask: { baseId: number; address: string } | null;
};

/** USD; about seven pictures of 1K with the cheapest model that there is in November 2026. */
const FIRST_BUDGET = "0.50";

/**
 * What the studio begins with: the request of a run (`?run=12`) or a generation record (`?generation=ID`), and upon it what the address
 * says.
 * @throws DomainError "not-found" for a run or record that there is not
 */
export async function readStudio(
  ports: Pick<Ports, "db" | "model" | "clock">,
  params: URLSearchParams,
): Promise<StudioView> {
  const { db } = ports;
  const schema = await loadLabelSchema();
  const models = await readModels(ports);
  const roots = schema.roots.map((root) => ({ name: root.name, attributes: readAskable(schema, root) }));
  const begun = await readBegun(
    db,
    { run: params.get("run"), generation: params.get("generation") },
    emptyForm(models, roots),
  );
  const form = readStudioAddress(params, begun.form);
  const { notes, ...known } = await readNamed(ports, form, begun);
  const ageRanges = schema.attributes[AGE]?.values ?? [];
  const { maskOf } = begun;
  const baseId = begun.form.baseId;
  const mask = maskOf === null || baseId === null ? null : { baseId, address: `/draw-masks/${maskOf}` };
  return { models, roots, ageRanges, ...known, notes, mask };
}

async function readModels({ model, clock }: Pick<Ports, "model" | "clock">): Promise<StudioModel[]> {
  const now = clock.now();
  const book = await loadDrawingModels(model);
  return book.current(now).map((name) => {
    const { sizes, aspectRatios, mostPictures } = book.factsOf(name, now);
    // A size whose tokens are not known has no price.
    const priced = Object.entries(sizes).flatMap(([size, tokens]) => (tokens === null ? [] : [size]));
    return { name, sizes: priced, aspectRatios, mostPictures };
  });
}

function readAskable(schema: LabelSchema, root: LabelSchema["roots"][number]): StudioRoot["attributes"] {
  const asked = new Set(referenceModes.flatMap(modeAttributes));
  return rootAttributes(schema, root).flatMap(({ name, values }) => (asked.has(name) ? [{ name, values }] : []));
}

function emptyForm([model]: StudioModel[], roots: StudioRoot[]): StudioForm {
  const [root] = roots;
  const attributes = roots.flatMap((one) => one.attributes).reverse();
  return {
    ...{ prompt: "", model: model?.name ?? "", root: root?.name ?? "", mode: "none", ageRange: null },
    attributes: Object.fromEntries(attributes.map(({ name, values }) => [name, values[0] ?? ""])),
    ...{ images: [], base: "none", baseId: null, size: model?.sizes[0] ?? "", aspectRatio: null, count: 2 },
    ...{ ownerId: null, budget: FIRST_BUDGET },
  };
}

/** What the form names, as it is now; what is not there any more is taken out and told. */
async function readNamed({ db }: Pick<Ports, "db">, form: StudioForm, begun: Begun) {
  const named = [...form.images, ...(form.baseId === null ? [] : [form.baseId])];
  const images = await readStudioImages(db, named);
  const known = new Set(images.map(({ imageId }) => imageId));
  const owner =
    form.ownerId === null
      ? null
      : await db.owner.findUnique({ where: { id: form.ownerId }, select: { id: true, name: true } });
  const hasBase = form.baseId !== null && known.has(form.baseId);
  return {
    images,
    owner,
    form: {
      ...form,
      images: form.images.filter((id) => known.has(id)),
      ...(hasBase ? {} : { baseId: null, base: "none" as const }),
      ownerId: owner?.id ?? null,
    },
    notes: [
      ...begun.notes,
      ...named.filter((id) => !known.has(id)).map((id) => `There is no image ${id}, so it was left out.`),
      ...(form.ownerId !== null && owner === null ? ["Its owner is not there any more. Choose another one."] : []),
    ],
  };
}
