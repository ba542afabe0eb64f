import type { AppLoadContext } from "@remix-run/node";
import { redirectWithFlash } from "~/web/flash.server";
import { endAttempt } from "./google-sign-in.server";
import { SignInError } from "./sign-in-error";

/** Back to the sign-in page with the sentence of a SignInError, keeping where it was to lead; any other error goes on. */
export async function refuseSignIn(
  { request, context }: { request: Request; context: AppLoadContext },
  error: unknown,
): Promise<Response> {
  if (!(error instanceof SignInError)) throw error;
  // Only the cause's message: jose's errors carry the token's whole payload.
  const cause = error.cause instanceof Error ? error.cause.message : undefined;
  context.ports.log.warn({ code: error.code, cause }, `Sign-in refused: ${error.message}`);
  const { headers, returnTo } = await endAttempt({ request, context });
  const path = returnTo === "/" ? "/login?refused" : `/login?refused&${new URLSearchParams({ returnTo })}`;
  return redirectWithFlash(context, path, { tone: "bad", text: error.message }, { channel: "sign-in", headers });
}
