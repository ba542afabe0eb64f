import { type ActionFunctionArgs, data, redirect } from "@remix-run/node";
import { z } from "zod";
import { themeCookie, themes } from "~/components/theme";
import { answerForm } from "~/web/forms/answer-form.server";

const form = z.object({ theme: z.enum(themes, "There is no such theme.") });

export const loader = () => redirect("/");

/** Remembers the theme of this browser. */
export function action(args: ActionFunctionArgs) {
  return answerForm(args, { role: "viewer", schema: form, page: "/" }, async ({ form: { theme } }) => {
    const isSecure = args.context.env.PUBLIC_URL.startsWith("https:");
    return data(null, { headers: { "Set-Cookie": themeCookie(theme, isSecure) } });
  });
}
