import { useLocation } from "@remix-run/react";
import { CircleAlert, CircleCheck, X } from "lucide-react";
import { Toast as Radix } from "radix-ui";
import { createContext, type Dispatch, type SetStateAction, useContext, useEffect, useState } from "react";
import { Button, IconButton } from "./forms/button";
import { IntentButton } from "./forms/intent-button";

export type Toast = {
  tone: "good" | "bad";
  text: string;
  /** The run that is done and can be undone, which is a plan again; or what takes back at once what was done at once. */
  undo?: { runId: number } | { perform(): void };
};

const SayContext = createContext<(toast: Toast) => void>(() => {});

/** For what only the browser knows; what an action did is said by its answer. */
export const SayProvider = SayContext.Provider;
export const useSay = () => useContext(SayContext);

type Shown = Toast & { turn: number };

/**
 * Shows what the last action did, or that it was not sent, once. F8 moves the focus there; a failure, and what offers an
 * undo, stays until it is closed or the page left.
 */
export function Toasts({ toast, unsent, said }: { toast: Toast | null; unsent: Toast | null; said: Toast | null }) {
  const [shown, setShown] = useState<Shown | null>(null);
  const { pathname } = useLocation();
  // What was said on one page is not about the next; a toast that comes with that page is set after this.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the page changes
  useEffect(() => setShown(null), [pathname]);
  useShowing(toast, setShown);
  useShowing(unsent, setShown);
  useShowing(said, setShown);
  const Icon = shown?.tone === "bad" ? CircleAlert : CircleCheck;
  return (
    <Radix.Provider swipeDirection="right">
      {shown && (
        <Radix.Root
          key={shown.turn}
          type={shown.tone === "bad" ? "foreground" : "background"}
          duration={shown.tone === "bad" || shown.undo ? Number.POSITIVE_INFINITY : 6_000}
          onOpenChange={(isOpen) => !isOpen && setShown(null)}
          className="float-panel pointer-events-auto flex items-center gap-3 py-1.5 pr-1.5 pl-4"
        >
          <Icon
            aria-hidden
            className={shown.tone === "bad" ? "size-4 shrink-0 text-bad" : "size-4 shrink-0 text-good"}
          />
          <Radix.Description className="grow py-1 text-sm">{shown.text}</Radix.Description>
          {shown.undo && "runId" in shown.undo && (
            <IntentButton leadsAway intent="undo" action={`/job-runs/${shown.undo.runId}`}>
              Undo
            </IntentButton>
          )}
          {shown.undo && "perform" in shown.undo && (
            <Radix.Action asChild altText="Undo" onClick={shown.undo.perform}>
              <Button>Undo</Button>
            </Radix.Action>
          )}
          <Radix.Close asChild>
            <IconButton label="Dismiss">
              <X aria-hidden />
            </IconButton>
          </Radix.Close>
        </Radix.Root>
      )}
      {/* Above the bar at the foot of a page: that of a selection is two lines high on a small window, that of a review taller. */}
      <Radix.Viewport className="fixed right-4 bottom-4 z-50 flex w-[min(400px,calc(100vw-32px))] flex-col gap-2 outline-none [body:has([data-foot-bar=low])_&]:bottom-20 max-sm:[body:has([data-foot-bar=low])_&]:bottom-28 [body:has([data-foot-bar=tall])_&]:bottom-28 max-sm:[body:has([data-foot-bar=tall])_&]:bottom-48" />
    </Radix.Provider>
  );
}

/** Shows each toast again, also one that says the same as the last. */
function useShowing(toast: Toast | null, setShown: Dispatch<SetStateAction<Shown | null>>) {
  useEffect(() => {
    if (toast) setShown((last) => ({ ...toast, turn: (last?.turn ?? 0) + 1 }));
  }, [toast, setShown]);
}
