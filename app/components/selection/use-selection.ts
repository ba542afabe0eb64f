import { type ChangeEvent, useEffect, useRef, useState } from "react";
import { isKeyTaken } from "~/components/keyboard";
import { everything, isEmpty, isSelected, mark, nothing, rangeOf, type Selection } from "./selection";

/** Marks the element of an item, its checkbox in it, with its id. */
const ITEM = "[data-image]";

/** What is selected of a list. Held above what draws the list, it outlives another order or look of it. */
export type Selected<Id> = {
  selection: Selection<Id>;
  isFull: boolean;
  set(next: { selection: Selection<Id>; isFull: boolean }): void;
};

/**
 * Holds what is selected of a list.
 * @param list says which list it is: with another one the selection is gone
 */
export function useSelected<Id>(list: string): Selected<Id> {
  const [state, setState] = useState({ list, selection: nothing<Id>(), isFull: false });
  const { selection, isFull } = state.list === list ? state : { selection: nothing<Id>(), isFull: false };
  return { selection, isFull, set: (next) => setState({ list, ...next }) };
}

type Options<Id> = {
  selected: Selected<Id>;
  /** All items of the list that are loaded, in its order, whether they are drawn or not. */
  shown: readonly Id[];
  /** Most items that can be named one by one. */
  most: number;
  /** False for who can do nothing with a selection. */
  isOffered: boolean;
};

export type SelectionControl<Id> = {
  selection: Selection<Id>;
  /** The last choice would have named more than `most`, and was not taken. */
  isFull: boolean;
  selectShown(): void;
  selectAll(): void;
  clear(): void;
  /** What an item's checkbox is given. */
  boxOf(id: Id): BoxProps;
};

export type BoxProps = {
  "data-selects": true;
  checked: boolean;
  onChange(event: ChangeEvent<HTMLInputElement>): void;
};

/**
 * Which items of a list are selected. With Shift a whole range is; `x` selects the item that has the focus in it (Shift: up
 * to it), Ctrl or ⌘ A all that are shown, Escape clears.
 */
export function useSelection<Id extends string | number>(options: Options<Id>): SelectionControl<Id> {
  const { shown, selected, most, isOffered } = options;
  const { selection, isFull } = selected;
  const anchor = useRef<Id | null>(null);

  const set = (next: Selection<Id>) => selected.set({ selection: next, isFull: false });
  function choose(id: Id, isOn: boolean, isRange: boolean) {
    const next = mark(selection, isRange ? rangeOf(shown, anchor.current, id) : [id], isOn, most);
    anchor.current = id;
    selected.set({ selection: next ?? selection, isFull: next === null });
  }
  const clear = () => set(nothing());
  function selectShown() {
    const next = mark(selection, [...shown], true, most);
    selected.set({ selection: next ?? selection, isFull: next === null });
  }

  const onKey = useRef((_event: KeyboardEvent) => {});
  onKey.current = (event) => {
    if (event.altKey || event.isComposing || isKeyTaken(event)) return;
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() !== "a" || shown.length === 0) return;
      event.preventDefault();
      return selectShown();
    }
    if (event.key === "Escape" && !isEmpty(selection)) clear();
    if (event.key.toLowerCase() !== "x") return;
    const focused = document.activeElement?.closest<HTMLElement>(ITEM)?.dataset.image;
    const id = shown.find((each) => String(each) === focused);
    if (id !== undefined) choose(id, event.shiftKey || !isSelected(selection, id), event.shiftKey);
  };
  useEffect(() => {
    if (!isOffered) return;
    const listen = (event: KeyboardEvent) => onKey.current(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [isOffered]);

  return {
    selection,
    isFull,
    selectShown,
    selectAll: () => set(everything()),
    clear,
    boxOf: (id) => ({
      "data-selects": true,
      checked: isSelected(selection, id),
      onChange: ({ target, nativeEvent }) =>
        choose(id, target.checked, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey),
    }),
  };
}

/** `j` and `k` move between the checkboxes of a list that is drawn whole. */
export function useMoveKeys(isOffered: boolean) {
  useEffect(() => {
    if (!isOffered) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isKeyTaken(event)) return;
      if (event.key === "j" || event.key === "k") moveFocus(event.key === "j" ? 1 : -1);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [isOffered]);
}

function moveFocus(step: 1 | -1) {
  const boxes = Array.from(document.querySelectorAll<HTMLInputElement>("input[data-selects]"));
  const at = boxes.findIndex((box) => box.matches(":focus"));
  const next = boxes[at < 0 ? 0 : at + step];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}
