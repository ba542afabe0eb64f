import type { AppLoadContext } from "@remix-run/node";
import { redirectWithFlash } from "./flash.server";
import { forgetAttempt } from "./google-sign-in.server";
import { SignInError } from "./sign-in-error";

/** Back to the sign-in page with the sentence of a SignInError; any other error goes on. */
export async function refuseSignIn(context: AppLoadContext, error: unknown): Promise<Response> {
  if (!(error instanceof SignInError)) throw error;
  // Only the cause's message: jose's errors carry the token's whole payload.
  const cause = error.cause instanceof Error ? error.cause.message : undefined;
  context.ports.log.warn({ code: error.code, cause }, `Sign-in refused: ${error.message}`);
  const headers = await forgetAttempt(context.env);
  return redirectWithFlash(
    context,
    "/login?refused",
    { tone: "bad", text: error.message },
    { channel: "sign-in", headers },
  );
}
