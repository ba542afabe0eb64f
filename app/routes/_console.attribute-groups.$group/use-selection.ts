import { type ChangeEvent, useEffect, useRef, useState } from "react";

/** Marks the checkbox of an item, for the keys below. */
const CHECKBOX = "input[data-selects]";

/**
 * Which of the shown items are selected. With Shift a whole range is; `j` and `k` move between the checkboxes, `x` selects
 * the focused one, Escape clears.
 */
export function useSelection(keys: string[], isOffered: boolean) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const anchor = useRef<string | null>(null);
  // What is shown no more is selected no more.
  const selected = keys.filter((key) => chosen.has(key));

  function toggle(key: string, event: ChangeEvent<HTMLInputElement>) {
    const isRange = event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey;
    const start = isRange && anchor.current !== null ? keys.indexOf(anchor.current) : -1;
    const end = keys.indexOf(key);
    const meant = start < 0 ? [key] : keys.slice(Math.min(start, end), Math.max(start, end) + 1);
    const next = new Set(selected);
    for (const each of meant) {
      if (event.target.checked) next.add(each);
      else next.delete(each);
    }
    anchor.current = key;
    setChosen(next);
  }

  useEffect(() => {
    if (!isOffered) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event.target)) return;
      if (event.key === "Escape") setChosen(new Set());
      else if (event.key === "j" || event.key === "k") moveFocus(event.key === "j" ? 1 : -1);
      else if (event.key === "x" && document.activeElement instanceof HTMLInputElement) {
        if (document.activeElement.matches(CHECKBOX)) document.activeElement.click();
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [isOffered]);

  return { selected, toggle, selectAll: () => setChosen(new Set(keys)), clear: () => setChosen(new Set()) };
}

/** Someone writes, or an open dialog has the keys. */
function isElsewhere(target: EventTarget | null): boolean {
  if (document.querySelector("[role=dialog], [role=menu]")) return true;
  return target instanceof Element && target.matches(`input:not([data-selects]), textarea, select`);
}

function moveFocus(step: 1 | -1) {
  const boxes = Array.from(document.querySelectorAll<HTMLInputElement>(CHECKBOX));
  const at = boxes.findIndex((box) => box.matches(":focus"));
  const next = boxes[at < 0 ? 0 : at + step];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}
