import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { allowListsOf } from "~/features/operators/allow-lists-of.server";
import { signInOperator } from "~/features/operators/sign-in-operator.server";

import { endAttempt, finishSignIn } from "~/web/sign-in/google-sign-in.server";
import { signIn } from "~/web/sign-in/operator-session.server";
import { refuseSignIn } from "~/web/sign-in/refuse-sign-in.server";
import { SignInError } from "~/web/sign-in/sign-in-error";

/** Where Google sends the browser back to: signs in whom the lists or the table let in. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { env, ports } = context;
  try {
    const identity = await finishSignIn({ request, context });
    const result = await signInOperator(ports, allowListsOf(env), identity);
    if ("refusal" in result) throw new SignInError("not-allowed", result.refusal);
    const { headers, returnTo } = await endAttempt({ request, context });
    headers.append("Set-Cookie", await signIn({ request, context }, result.operatorId, identity.sub));
    return redirect(returnTo, { headers });
  } catch (error) {
    return refuseSignIn({ request, context }, error);
  }
}
