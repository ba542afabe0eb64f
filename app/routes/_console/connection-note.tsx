import { useLocation } from "@remix-run/react";
import { CloudOff, LogIn, type LucideIcon, RefreshCw, ServerCrash } from "lucide-react";
import type { ReactNode } from "react";
import { type Trouble, useTrouble } from "~/web/trouble";

const notes: Record<Trouble, { icon: LucideIcon; words: string }> = {
  unreachable: { icon: CloudOff, words: "Not reachable, trying again" },
  failing: { icon: ServerCrash, words: "Server error, trying again" },
  "signed-out": { icon: LogIn, words: "You are signed out." },
  updated: { icon: RefreshCw, words: "A new version is here." },
};

/**
 * Says why the page shows what it last read. In the middle of the top bar: it covers no part of the page, no dialog and no
 * toast, and moves nothing.
 */
export function ConnectionNote() {
  const trouble = useTrouble();
  const { icon: Icon, words } = notes[trouble ?? "unreachable"];
  return (
    <div
      role="status"
      // Said out loud, so that an open dialog does not hide it from assistive technology.
      aria-live="polite"
      data-above-dialogs
      className="pointer-events-none fixed inset-x-11 top-1.5 z-50 grid h-9 place-items-center max-sm:right-24 sm:left-14 lg:left-[220px]"
    >
      {trouble && (
        <p className="float-panel pointer-events-auto flex h-full items-center gap-2 px-3 text-sm whitespace-nowrap">
          <Icon aria-hidden className="size-4 shrink-0 text-warn" />
          <span>{words}</span>
          {trouble === "signed-out" && <SignInAgain />}
          {trouble === "updated" && (
            <button type="button" className={wayOn} onClick={() => window.location.reload()}>
              Reload
            </button>
          )}
        </p>
      )}
    </div>
  );
}

const wayOn = "font-medium text-accent underline underline-offset-2 max-sm:py-2";

/** In a tab of its own: what was typed here stays, and this page goes on once its tab is looked at again. */
function SignInAgain(): ReactNode {
  const { pathname, search } = useLocation();
  return (
    <a
      href={`/login?${new URLSearchParams({ returnTo: pathname + search })}`}
      target="_blank"
      rel="noreferrer"
      className={wayOn}
    >
      Sign in
    </a>
  );
}
