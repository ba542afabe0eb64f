/** What is selected of a list: items picked one by one, or all that its query finds but for some. */
export type Selection<Id> = { isAll: false; picked: ReadonlySet<Id> } | { isAll: true; except: ReadonlySet<Id> };

export const nothing = <Id>(): Selection<Id> => ({ isAll: false, picked: new Set() });
export const everything = <Id>(): Selection<Id> => ({ isAll: true, except: new Set() });

export const isSelected = <Id>(selection: Selection<Id>, id: Id) =>
  selection.isAll ? !selection.except.has(id) : selection.picked.has(id);

export const isEmpty = <Id>(selection: Selection<Id>) => !selection.isAll && selection.picked.size === 0;

/** How many are selected of a list of `total`; null where that is not known. */
export function countSelected<Id>(selection: Selection<Id>, total: number | null): number | null {
  if (!selection.isAll) return selection.picked.size;
  return total === null ? null : Math.max(0, total - selection.except.size);
}

/**
 * The selection with these items in it, or out of it. Of more than `most` that would have to be kept by name nothing
 * changes: null.
 */
export function mark<Id>(selection: Selection<Id>, ids: Id[], isOn: boolean, most: number): Selection<Id> | null {
  const names = new Set(selection.isAll ? selection.except : selection.picked);
  for (const id of ids) {
    if (isOn !== selection.isAll) names.add(id);
    else names.delete(id);
  }
  if (names.size > most) return null;
  return selection.isAll ? { isAll: true, except: names } : { isAll: false, picked: names };
}

/** The items from one to another, both included, in the order in which they are shown; only `to` where `from` is not. */
export function rangeOf<Id>(shown: readonly Id[], from: Id | null, to: Id): Id[] {
  const start = from === null ? -1 : shown.indexOf(from);
  const end = shown.indexOf(to);
  if (start < 0 || end < 0) return [to];
  return shown.slice(Math.min(start, end), Math.max(start, end) + 1);
}
