import { type KeyboardEvent, type MouseEvent, useEffect, useId, useState } from "react";

/**
 * A text field above a list of options, as a combobox is to behave (WAI-ARIA APG): the focus stays in the field while the
 * arrow keys move through the options, Enter takes one, and assistive technology is told which.
 * @param count of options that are shown
 * @param onTake the option's place in the list
 */
export function useListbox(count: number, onTake: (index: number) => void) {
  const id = useId();
  const [active, setActive] = useState(0);
  const at = Math.min(active, count - 1);
  const optionId = (index: number) => `${id}-${index}`;
  const activeId = at >= 0 ? optionId(at) : undefined;

  useEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: "nearest" });
  }, [activeId]);

  function onKeyDown(event: KeyboardEvent) {
    // Enter and arrows choose among the letters that an input method offers.
    if (event.nativeEvent.isComposing || count === 0) return;
    if (event.key === "ArrowDown") setActive((at + 1) % count);
    else if (event.key === "ArrowUp") setActive((at - 1 + count) % count);
    else if (event.key === "Enter") onTake(at);
    else return;
    event.preventDefault();
  }

  return {
    /** Of an input whose role is combobox. */
    input: {
      "aria-autocomplete": "list",
      "aria-controls": `${id}-list`,
      "aria-activedescendant": activeId,
      autoComplete: "off",
      onKeyDown,
    } as const,
    list: { id: `${id}-list`, role: "listbox" } as const,
    option: (index: number) =>
      ({
        id: optionId(index),
        role: "option",
        "aria-selected": index === at,
        onPointerMove: () => index !== at && setActive(index),
        // The field keeps the focus.
        onMouseDown: (event: MouseEvent) => event.preventDefault(),
        onClick: () => onTake(index),
      }) as const,
    /** Back to the first option, for another list. */
    restart: () => setActive(0),
  };
}
