import { useLocation } from "@remix-run/react";
import type { Trouble } from "~/web/connection/trouble";

const wayOn = "font-medium text-accent underline underline-offset-2 max-sm:py-2";

/** What a person can do about the page's trouble; nothing where the page tries again by itself. */
export function WayOn({ trouble }: { trouble: Trouble }) {
  const { pathname, search } = useLocation();
  if (trouble === "updated") {
    return (
      <button type="button" className={wayOn} onClick={() => window.location.reload()}>
        Reload
      </button>
    );
  }
  if (trouble !== "signed-out") return null;
  // In a tab of its own: what was typed here stays, and this page goes on once its tab is looked at again.
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
