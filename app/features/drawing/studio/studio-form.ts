import { z } from "zod";
import {
  modeAttributes,
  type ReferenceMode,
  referenceModes,
} from "~/features/attribute-groups/references/reference-request";
import type { DrawRequest } from "~/features/drawing/draw-request";

/** What the studio does with a base image; `none`: there is none. */
const baseModes = ["none", "anew", "mask"] as const;
export type BaseMode = (typeof baseModes)[number];

/** What stands in the studio's form, complete or not. */
export type StudioForm = {
  prompt: string;
  model: string;
  root: string;
  mode: ReferenceMode | "none";
  /** Values for the attributes of all modes; a request takes those of its own. */
  attributes: Record<string, string>;
  ageRange: string | null;
  /** Ids of the operator's own images, in the order in which they are sent. */
  images: number[];
  base: BaseMode;
  baseId: number | null;
  size: string;
  aspectRatio: string | null;
  count: number;
  ownerId: string | null;
  /** USD, as it is typed. */
  budget: string;
};

/** A longer prompt does not go into the address, which proxies cut off at some 8 KB. */
const LONGEST_IN_ADDRESS = 600;

/** Stands for a mask that is painted and not sent yet: it costs as any. */
const NOT_CHECKED_YET = "0".repeat(64);

/** Names in the address that are no attribute's. */
const own = {
  ...{ prompt: "prompt", model: "model", root: "root", mode: "mode", ageRange: "ageRange", own: "own" },
  ...{ base: "base", image: "image", size: "size", ratio: "ratio", count: "count", owner: "owner", budget: "budget" },
} as const;

/** The form as an address says it; what that does not say, or says in another way than the form could, stays as in `form`. */
export function readStudioAddress(params: URLSearchParams, form: StudioForm): StudioForm {
  const given = (name: string) => params.get(name)?.trim() || null;
  const baseId = readId(given(own.image)) ?? form.baseId;
  const base = z.enum(baseModes).safeParse(given(own.base)).data ?? (given(own.image) ? "anew" : form.base);
  return {
    prompt: params.get(own.prompt) ?? form.prompt,
    model: given(own.model) ?? form.model,
    root: given(own.root) ?? form.root,
    mode: z.enum([...referenceModes, "none"]).safeParse(given(own.mode)).data ?? form.mode,
    attributes: Object.fromEntries(
      Object.entries(form.attributes).map(([name, value]) => [name, given(name) ?? value]),
    ),
    ageRange: params.has(own.ageRange) ? given(own.ageRange) : form.ageRange,
    images: params.has(own.own) ? readIds(given(own.own)) : form.images,
    ...{ base: baseId === null ? "none" : base, baseId },
    size: given(own.size) ?? form.size,
    aspectRatio: params.has(own.ratio) ? given(own.ratio) : form.aspectRatio,
    count: readId(given(own.count)) ?? form.count,
    ownerId: params.has(own.owner) ? given(own.owner) : form.ownerId,
    budget: given(own.budget) ?? form.budget,
  };
}

/** What the address says of a form; an empty value where the form has none, so that it wins over what the form began as. */
export function toStudioAddress(form: StudioForm): URLSearchParams {
  const { prompt, model, root, mode, attributes, ageRange, images, base, baseId, size, aspectRatio, ownerId } = form;
  return new URLSearchParams({
    ...(prompt !== "" && prompt.length <= LONGEST_IN_ADDRESS && { [own.prompt]: prompt }),
    ...{ [own.model]: model, [own.mode]: mode, [own.size]: size, [own.ratio]: aspectRatio ?? "" },
    ...(mode !== "none" && { [own.root]: root, ...asked(mode, attributes), [own.ageRange]: ageRange ?? "" }),
    ...{ [own.own]: images.join(","), [own.base]: base, ...(baseId !== null && { [own.image]: String(baseId) }) },
    ...{ [own.count]: String(form.count), [own.owner]: ownerId ?? "", [own.budget]: form.budget },
  });
}

/** The request that a form stands for, whatever is still wrong with it. */
export function toDrawRequest(form: StudioForm): DrawRequest {
  const { prompt, model, root, mode, attributes, ageRange, images, base, baseId, size, aspectRatio, count } = form;
  return {
    ...{ prompt, model, images, size, aspectRatio, count, ownerId: form.ownerId },
    baseId: base === "none" ? null : baseId,
    mask: base === "mask" && baseId !== null ? NOT_CHECKED_YET : null,
    references: mode === "none" ? null : { root, mode, attributes: asked(mode, attributes), ageRange },
  };
}

/** The form that a request stands for; what the request leaves open stays as in `form`. */
export function toStudioForm(request: DrawRequest, form: StudioForm): StudioForm {
  const { prompt, model, references, images, baseId, mask, size, aspectRatio, count, ownerId } = request;
  return {
    ...form,
    ...{ prompt, model, images, baseId, size, aspectRatio, count, ownerId },
    base: baseId === null ? "none" : mask === null ? "anew" : "mask",
    mode: references?.mode ?? "none",
    ...(references && {
      root: references.root,
      attributes: { ...form.attributes, ...references.attributes },
      ageRange: references.ageRange,
    }),
  };
}

const asked = (mode: ReferenceMode, attributes: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => modeAttributes(mode).includes(name)));

const readId = (text: string | null): number | null =>
  text !== null && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;

/** “1,2” → 1, 2; what is no number is left out, and so is one that comes again. */
const readIds = (text: string | null): number[] => [
  ...new Set((text ?? "").split(",").flatMap((part) => readId(part.trim()) ?? [])),
];
