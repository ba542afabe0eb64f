import { type ActionFunctionArgs, data, redirect } from "@remix-run/node";
import { z } from "zod";
import { themeCookie, themes } from "~/components/theme";
import { readForm } from "~/web/forms/read-form.server";
import { requireOperator } from "~/web/sign-in/operator-session.server";

const form = z.object({ theme: z.enum(themes, "There is no such theme.") });

export const loader = () => redirect("/");

/** Remembers the theme of this browser. */
export async function action({ request, context }: ActionFunctionArgs) {
  await requireOperator({ request, context }, "viewer");
  const { theme } = await readForm(request, form);
  const isSecure = context.env.PUBLIC_URL.startsWith("https:");
  return data(null, { headers: { "Set-Cookie": themeCookie(theme, isSecure) } });
}
