import { CloudOff, LogIn, type LucideIcon, RefreshCw, ServerCrash } from "lucide-react";
import { type Trouble, useTrouble } from "~/web/connection/trouble";
import { WayOn } from "./way-on";

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
          <WayOn trouble={trouble} />
        </p>
      )}
    </div>
  );
}

/** The same inside a dialog, where a person can do something about it. */
export function ConnectionNoteInDialog() {
  const trouble = useTrouble();
  if (trouble !== "signed-out" && trouble !== "updated") return null;
  return (
    <p className="mt-4 flex gap-2 text-sm text-muted">
      {notes[trouble].words}
      <WayOn trouble={trouble} />
    </p>
  );
}
