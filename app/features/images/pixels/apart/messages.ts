import type { Inpainted, InpaintForm } from "~/features/images/pixels/rendering/inpaint.server";
import type { Form, Rendering } from "~/features/images/pixels/rendering/render-image.server";

/** What may be asked of a child, and what comes of it. */
export type AnyForm = Form | InpaintForm;
export type AnyRendering = Rendering | Inpainted;

/** To the child: first what to make of how many bytes, which follow on its stdin; then leave to decode. */
export type ToChild = { form: AnyForm; length: number } | "decode";

/** From the child: what decoding will take, in bytes of memory, and its wait for leave; or the answer. */
export type FromChild = { needs: number } | { image: AnyRendering };

/** From the child, once: it waits for its first picture. */
export const READY = "ready";
