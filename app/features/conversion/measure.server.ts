import {
  type Lossy,
  type RenderedImage,
  toOtherFormat,
  type Unreadable,
} from "~/features/images/pixels/read-image.server";
import { renderOriginal } from "~/features/images/pixels/render-original.server";
import type { ItemResult } from "~/features/job-runs/kinds/handler";
import type { Ports } from "~/ports/index.server";
import { type ConversionSettings, isWorthIt, toForm } from "./conversion-format";
import type { WhyNot } from "./why-not";

type Original = { id: number; key: string; etag: string; bytes: number };

/** The converted picture; or why there is none to be had, or none that is worth it. */
export type Tried = (RenderedImage & { ok: true }) | { whyNot: WhyNot } | Unreadable | ItemResult;

/** Reads an image as it was planned, and converts it in memory. Changes nothing. */
export async function tryConversion(
  ports: Pick<Ports, "storage" | "db">,
  { bytes, ...image }: Original,
  settings: ConversionSettings,
  signal: AbortSignal,
): Promise<Tried> {
  const make = (body: Buffer): Promise<RenderedImage | Lossy> => toOtherFormat(body, toForm(settings), signal);
  const made = await renderOriginal(ports, image, make, signal);
  if ("outcome" in made) return made;
  if ("loses" in made) return { whyNot: made.loses };
  if (made.ok && !isWorthIt(made.body.length, bytes)) return { whyNot: "hardly-smaller" };
  return made;
}
