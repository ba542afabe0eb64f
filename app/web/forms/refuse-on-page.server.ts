import type { AppLoadContext } from "@remix-run/node";
import { redirectWithFlash } from "~/web/flash.server";
import { respondToError } from "~/web/server/respond-to-error.server";

/**
 * Does what a page's form asks for. A refusal (someone else was quicker) is no broken page: it leads back to `page` and is
 * said there, beside what has become of the matter.
 */
export async function refuseOnPage(
  context: AppLoadContext,
  page: string,
  work: () => Promise<Response>,
): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    const refusal = respondToError(error);
    if (!refusal) throw error;
    return redirectWithFlash(context, page, { tone: "bad", text: await refusal.text() });
  }
}
