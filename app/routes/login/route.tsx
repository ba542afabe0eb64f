import { data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { CircleAlert, CircleCheck } from "lucide-react";
import { brand, pageTitle } from "~/brand";
import { Button } from "~/components/ui/forms/button";
import { localStandIns } from "~/ports/env.server";
import { type Flash, readFlash } from "~/web/flash.server";
import { findOperator } from "~/web/sign-in/operator-session.server";
import { safeReturnTo } from "~/web/sign-in/safe-return-to";

export const meta: MetaFunction = () => [{ title: pageTitle("Sign in") }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const returnTo = safeReturnTo(searchParams.get("returnTo"));
  if (await findOperator({ request, context })) throw redirect(returnTo);
  const { flash, headers } = await readFlash({ request, context }, "sign-in");
  const isGoogleLocal = localStandIns(context.env).includes("Google");
  return data({ returnTo, flash: flash ?? withoutCookie(searchParams), isGoogleLocal }, { headers });
}

/** The sentence of a refusal travels in a cookie; when it did not arrive, cookies are the likely reason. */
function withoutCookie(searchParams: URLSearchParams): Flash | null {
  if (!searchParams.has("refused")) return null;
  return { tone: "bad", text: "The sign-in did not finish. Sign in again; this browser must accept our cookies." };
}

export default function SignIn() {
  const { returnTo, flash, isGoogleLocal } = useLoaderData<typeof loader>();
  const action = returnTo === "/" ? "/auth/google" : `/auth/google?${new URLSearchParams({ returnTo })}`;
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-12">
      <div className="w-full max-w-[360px]">
        <p className="text-center text-[40px] leading-none font-semibold tracking-[-0.04em]">{brand.wordMark}</p>
        <h1 className="mt-3 text-center text-base font-normal text-muted">Sign in to {brand.title}</h1>
        <div className="mt-8 rounded-md border border-line bg-surface p-6">
          {flash && <Message {...flash} />}
          {/* A plain form: it leaves the site, and works before the page's scripts do. */}
          <Form method="post" action={action} reloadDocument>
            <Button type="submit" variant="primary" className="h-11 w-full text-base">
              Sign in with Google
            </Button>
          </Form>
          <p className="mt-4 text-center text-xs text-muted">For people on the studio’s list of operators.</p>
        </div>
        {isGoogleLocal && (
          <p className="mt-6 text-center text-xs text-muted">
            <span className="mr-2 inline-block rounded-full border border-line-strong px-2 py-0.5 font-medium text-ink">
              Local
            </span>
            A stand-in for Google runs on this machine.
          </p>
        )}
      </div>
    </main>
  );
}

function Message({ tone, text }: Flash) {
  const Icon = tone === "bad" ? CircleAlert : CircleCheck;
  return (
    <div role={tone === "bad" ? "alert" : "status"} className="mb-5 flex gap-2.5 text-sm">
      <Icon
        aria-hidden
        className={tone === "bad" ? "mt-0.5 size-4 shrink-0 text-bad" : "mt-0.5 size-4 shrink-0 text-good"}
      />
      <p className="min-w-0 break-words">{text}</p>
    </div>
  );
}
