import type { ShouldRevalidateFunctionArgs } from "@remix-run/react";
import { DRAWN_BY, listOf } from "~/web/image-list";

/**
 * Forms after which the list stays: they start a plan, label the image that is looked at, keep a view, or choose how the
 * console looks.
 */
const apart = ["/image-actions", "/image-labels", "/saved-views", "/theme"];

/**
 * The list is not read again for what changes none of it: such a form, another way to draw it, an image that is opened
 * beside it.
 */
export function keepList({ formAction, defaultShouldRevalidate, ...move }: ShouldRevalidateFunctionArgs) {
  return defaultShouldRevalidate && !apart.includes(formAction ?? "") && !(formAction === undefined && drawsElse(move));
}

function drawsElse({ currentUrl, nextUrl }: Pick<ShouldRevalidateFunctionArgs, "currentUrl" | "nextUrl">) {
  const [from, to] = [currentUrl.searchParams, nextUrl.searchParams];
  const isSameList = currentUrl.pathname === nextUrl.pathname && String(listOf(from)) === String(listOf(to));
  // An address alike in all of this is one of another place, or one to be read again.
  return isSameList && DRAWN_BY.some((name) => from.get(name) !== to.get(name));
}
