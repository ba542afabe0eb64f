import { type ActionFunctionArgs, data, redirect } from "@remix-run/node";
import { isTheme, themeCookie } from "~/components/theme";
import { requireOperator } from "~/web/operator-session.server";

export const loader = () => redirect("/");

/** Remembers the theme of this browser. */
export async function action({ request, context }: ActionFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const theme = (await request.formData()).get("theme");
  if (!isTheme(theme)) throw new Response("There is no such theme.", { status: 400 });
  const isSecure = context.env.PUBLIC_URL.startsWith("https:");
  return data(null, { headers: { "Set-Cookie": themeCookie(theme, isSecure) } });
}
