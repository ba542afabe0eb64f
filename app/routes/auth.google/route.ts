import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { beginSignIn } from "~/web/sign-in/google-sign-in.server";
import { refuseSignIn } from "~/web/sign-in/refuse-sign-in.server";

export const loader = () => redirect("/login");

/** The button of the sign-in page; `returnTo` is in the query, so that nothing of a stranger's body is read. */
export async function action({ request, context }: ActionFunctionArgs) {
  try {
    return await beginSignIn({ request, context }, new URL(request.url).searchParams.get("returnTo"));
  } catch (error) {
    return refuseSignIn({ request, context }, error);
  }
}
