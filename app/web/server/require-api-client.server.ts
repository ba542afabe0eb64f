import type { AppLoadContext } from "@remix-run/node";
import { ENVIRONMENT } from "~/features/api-tokens/api-token";
import { judgeApiToken, type TokenVerdict } from "~/features/api-tokens/judge-api-token.server";
import { noteTokenUse } from "~/features/api-tokens/note-token-use.server";
import { isSameSecret } from "~/ports/same-secret.server";
import { requireBearer } from "./require-bearer.server";

/**
 * First line of a loader below /api: lets pass a program that carries a token of its own, or REFERENCE_TOKEN, and notes the use
 * once it has its answer.
 * @throws 401 with a sentence; 429 once too many wrong tokens came from the client
 */
export async function requireApiClient({ request, context }: { request: Request; context: AppLoadContext }) {
  const { ports } = context;
  await requireBearer({ request, context }, async (given) => {
    const verdict = await judge(context, given);
    if ("refusal" in verdict) return verdict.refusal;
    context.whenAnswered(() => void noteTokenUse(ports, verdict.token));
    return null;
  });
}

async function judge({ env, ports }: AppLoadContext, given: string): Promise<TokenVerdict> {
  const fromEnvironment = env.REFERENCE_TOKEN;
  return fromEnvironment !== undefined && isSameSecret(given, fromEnvironment)
    ? { token: ENVIRONMENT }
    : judgeApiToken(ports, given);
}
