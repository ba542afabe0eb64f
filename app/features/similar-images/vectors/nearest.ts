/** A row and how near it is: the more, the nearer. */
export type Scored = { id: number; score: number };

/**
 * Keeps the `most` rows with the highest scores of all that are offered, which takes little beside scoring them.
 * @returns `offer`, and `kept`: the highest score first
 */
export function keepHighest(most: number) {
  /** A heap: each score is at most those of its two children, so that the lowest stands first. */
  const scores: number[] = [];
  const ids: number[] = [];

  function swap(a: number, b: number) {
    [scores[a], scores[b]] = [scores[b] as number, scores[a] as number];
    [ids[a], ids[b]] = [ids[b] as number, ids[a] as number];
  }
  function rise(from: number) {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1;
      if ((scores[parent] as number) <= (scores[at] as number)) return;
      swap(parent, at);
      at = parent;
    }
  }
  function sink() {
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      const isRightLower = left + 1 < scores.length && (scores[left + 1] as number) < (scores[left] as number);
      const child = isRightLower ? left + 1 : left;
      if (child >= scores.length || (scores[at] as number) <= (scores[child] as number)) return;
      swap(child, at);
      at = child;
    }
  }
  return {
    offer(id: number, score: number) {
      if (scores.length < most) {
        scores.push(score);
        ids.push(id);
        rise(scores.length - 1);
      } else if (most > 0 && score > (scores[0] as number)) {
        scores[0] = score;
        ids[0] = id;
        sink();
      }
    },
    kept: (): Scored[] =>
      ids.map((id, at) => ({ id, score: scores[at] as number })).sort((a, b) => b.score - a.score || a.id - b.id),
  };
}
