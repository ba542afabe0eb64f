import { isRouteErrorResponse, useRouteError } from "@remix-run/react";
import { CloudOff, FileQuestion, Lock, type LucideIcon, ServerCrash } from "lucide-react";
import { ButtonLink } from "./ui/button";
import { EmptyState } from "./ui/empty-state";

type Words = { icon: LucideIcon; title: string; text: string };

const wordsByStatus: Record<number, Words> = {
  403: { icon: Lock, title: "You may not see this", text: "Your role does not allow it. Ask an admin to change it." },
  404: { icon: FileQuestion, title: "Nothing is here", text: "The address is wrong, or what was here is gone." },
  503: { icon: CloudOff, title: "A service does not answer", text: "Try again in a moment." },
  504: { icon: CloudOff, title: "A service takes too long", text: "Try again in a moment." },
};

const unexpected: Words = {
  icon: ServerCrash,
  title: "This page could not be shown",
  text: "Something went wrong on the server, and it was written to its log. Nothing was changed. Try again in a moment.",
};

/** The sentence that the server sent with a refusal; never the text of an unexpected error. */
const sentenceOf = (data: unknown) => (typeof data === "string" && data.length > 0 && data.length < 400 ? data : null);

/** What is shown instead of a page: what happened, and a way on. */
export function ErrorPage() {
  const error = useRouteError();
  const response = isRouteErrorResponse(error) ? error : null;
  const words = (response && wordsByStatus[response.status]) ?? unexpected;
  return (
    <div className="grid min-h-[70dvh] place-items-center">
      <EmptyState
        isPage
        icon={words.icon}
        title={words.title}
        action={
          <>
            <ButtonLink to="." reloadDocument>
              Try again
            </ButtonLink>
            <ButtonLink to="/" variant="primary">
              Go to the overview
            </ButtonLink>
          </>
        }
      >
        <p>{(response && response.status !== 500 && sentenceOf(response.data)) || words.text}</p>
      </EmptyState>
    </div>
  );
}
