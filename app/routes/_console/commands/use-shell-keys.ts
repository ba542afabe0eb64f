import { useEffect } from "react";
import { isKeyTaken } from "~/components/keyboard";

/** Keys that mean the same on every page. */
export function useShellKeys({ onPalette, onKeys }: { onPalette(): void; onKeys(): void }) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.altKey || event.defaultPrevented) return;
      const isPalette = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "k";
      // Also while someone writes; not over a dialog, whose question comes first.
      if (isPalette && !document.querySelector("[role=dialog]")) {
        event.preventDefault();
        return onPalette();
      }
      if (event.ctrlKey || event.metaKey || isKeyTaken(event)) return;
      if (event.key === "?") onKeys();
      if (event.key === "/") {
        const search = document.querySelector<HTMLInputElement>("main input[type=search]");
        if (!search) return;
        event.preventDefault();
        search.select();
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [onPalette, onKeys]);
}
