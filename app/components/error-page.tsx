import { isRouteErrorResponse, useMatches, useRouteError } from "@remix-run/react";
import { CloudOff, FileQuestion, Lock, type LucideIcon, ServerCrash } from "lucide-react";
import { crumbsOf } from "./console-handle";
import { EmptyState } from "./ui/empty-state";
import { ButtonLink } from "./ui/forms/button";

type Words = { icon: LucideIcon; title: string; text: string };

const wordsByStatus: Record<number, Words> = {
  403: {
    icon: Lock,
    title: "You don't have access to this page",
    text: "Your role does not allow it. Ask an admin to change it.",
  },
  404: { icon: FileQuestion, title: "Page not found", text: "The address is wrong, or this page no longer exists." },
  405: { icon: FileQuestion, title: "This address only shows a page", text: "Go back and try again from there." },
  422: { icon: FileQuestion, title: "This address asks for something unknown", text: "Correct it, or start over." },
  503: { icon: CloudOff, title: "A service is not responding", text: "Try again in a moment." },
  504: { icon: CloudOff, title: "A service is taking too long", text: "Try again in a moment." },
};

const unexpected: Words = {
  icon: ServerCrash,
  title: "This page could not be shown",
  text: "Something went wrong on the server and was written to its log. Nothing was changed. Try again in a moment.",
};

/** Asking again gets the same answer. */
const FINAL = [403, 404, 405, 422];

/** The sentence that our server sent with a refusal: neither the framework's words nor those of an unexpected error. */
function sentenceOf(error: unknown): string | null {
  if (!isRouteErrorResponse(error) || error.status === 500 || ("internal" in error && error.internal)) return null;
  const { data } = error;
  return typeof data === "string" && data.length > 0 && data.length < 400 ? data : null;
}

/** What is shown instead of a page: what happened, and a way on. */
export function ErrorPage() {
  const error = useRouteError();
  const status = isRouteErrorResponse(error) ? error.status : 500;
  const words = wordsByStatus[status] ?? unexpected;
  const above = crumbsOf(useMatches()).findLast(({ to }) => to !== undefined);
  return (
    <div className="grid min-h-[70dvh] place-items-center">
      <EmptyState
        isPage
        icon={words.icon}
        title={words.title}
        action={
          <>
            {!FINAL.includes(status) && (
              <ButtonLink to="." reloadDocument>
                Try again
              </ButtonLink>
            )}
            <ButtonLink to="/" variant={above?.to ? "secondary" : "primary"}>
              Go to the overview
            </ButtonLink>
            {above?.to && (
              <ButtonLink to={above.to} variant="primary">
                Go to {above.label}
              </ButtonLink>
            )}
          </>
        }
      >
        <p>{sentenceOf(error) ?? words.text}</p>
      </EmptyState>
    </div>
  );
}
