import type { ShouldRevalidateFunction } from "@remix-run/react";

/** Forms that change no image: they start a plan, keep a view, or choose how the console looks. */
const apart = ["/image-actions", "/saved-views", "/theme"];

/** The list is not read again for what changes none of it. */
export const keepList: ShouldRevalidateFunction = ({ formAction, defaultShouldRevalidate }) =>
  defaultShouldRevalidate && !apart.includes(formAction ?? "");
