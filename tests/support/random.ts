/** Numbers that look random and are the same for the same seed (mulberry32), so that a failure can be seen again. */
export function randomOf(seed: number) {
  let state = seed;
  /** From 0 on, below `bound`. */
  const below = (bound: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * bound);
  };
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[below(items.length)];
    if (item === undefined) throw new Error("Nothing to pick from");
    return item;
  };
  /** True in one of `times` cases. */
  const once = (times: number) => below(times) === 0;
  const shuffle = <Item>(items: readonly Item[]): Item[] =>
    items
      .map((item) => ({ item, at: below(1e9) }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
  return { below, pick, once, shuffle };
}
export type Random = ReturnType<typeof randomOf>;
