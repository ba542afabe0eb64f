import { type AppLoadContext, redirect } from "@remix-run/node";
import {
  findSignedIn,
  SESSION_SECONDS,
  type SignedIn,
  signOutOperator,
  startSession,
} from "~/features/operators/operator-sessions.server";
import { hasRole, type Role } from "~/features/operators/role";
import { quote } from "~/quote";
import { edgeCookie } from "~/web/cookies.server";
import { SIGNED_OUT_HEADER } from "~/web/server/answer-headers";
import { safeReturnTo } from "./safe-return-to";

type Edge = { request: Request; context: AppLoadContext };

/**
 * Who asks, read from the database each time, so that removal and a changed role hold at once. First line of every
 * loader and action but those of signing in.
 * @throws a redirect to /login without a session, 403 when the role does not reach
 */
export async function requireOperator({ request, context }: Edge, needed: Role): Promise<SignedIn> {
  const operator = await findOperator({ request, context });
  if (!operator) throw redirect(loginPath(request), { headers: { [SIGNED_OUT_HEADER]: "yes" } });
  if (!hasRole(operator.role, needed)) {
    throw new Response(
      `This needs the role ${quote(needed)}, yours is ${quote(operator.role)}. Ask an admin to change it.`,
      {
        status: 403,
      },
    );
  }
  return operator;
}

/** Who asks; null without a session. For pages that serve both. */
export async function findOperator({ request, context }: Edge): Promise<SignedIn | null> {
  const token = await readToken({ request, context });
  return token ? findSignedIn(context.ports, token) : null;
}

/** Signs an operator in on this browser, with the Google account `sub`. @returns the Set-Cookie header */
export async function signIn(
  { request, context }: Edge,
  operatorId: number,
  sub: string | null = null,
): Promise<string> {
  const token = await startSession(context.ports, { operatorId, sub }, await readToken({ request, context }));
  return sessionCookie(context).serialize(token);
}

/** Ends this browser's session. @returns the Set-Cookie header */
export async function signOut({ request, context }: Edge): Promise<string> {
  const token = await readToken({ request, context });
  if (token) await signOutOperator(context.ports, token);
  return sessionCookie(context).serialize("", { maxAge: 0 });
}

// Not signed: the token is 256 random bits, and only its hash is looked up.
const sessionCookie = ({ env }: AppLoadContext) =>
  edgeCookie(env, "session", { maxAge: SESSION_SECONDS, signed: false });

async function readToken({ request, context }: Edge): Promise<string | null> {
  const token: unknown = await sessionCookie(context).parse(request.headers.get("Cookie"));
  return typeof token === "string" && token !== "" ? token : null;
}

/** The sign-in page, which leads back to what was asked for if that was a page. */
function loginPath(request: Request): string {
  const { pathname, search } = new URL(request.url);
  if (request.method !== "GET" || pathname === "/") return "/login";
  return `/login?${new URLSearchParams({ returnTo: safeReturnTo(pathname + search) })}`;
}
