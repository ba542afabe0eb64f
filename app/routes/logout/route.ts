import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { redirectWithFlash } from "~/web/flash.server";
import { signOut } from "~/web/sign-in/operator-session.server";

export const loader = () => redirect("/");

/** Ends this browser's session. */
export async function action({ request, context }: ActionFunctionArgs) {
  const headers = new Headers({ "Set-Cookie": await signOut({ request, context }) });
  return redirectWithFlash(
    context,
    "/login",
    { tone: "good", text: "You are signed out." },
    { channel: "sign-in", headers },
  );
}
