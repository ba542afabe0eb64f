import type { Form, Rendering } from "~/features/images/pixels/rendering/render-image.server";

/** To the child: first what to make of how many bytes, which follow on its stdin; then leave to decode. */
export type ToChild = { form: Form; length: number } | "decode";

/** From the child: what decoding will take, in bytes of memory, and its wait for leave; or the answer. */
export type FromChild = { needs: number } | { image: Rendering };

/** From the child, once: it waits for its first picture. */
export const READY = "ready";
