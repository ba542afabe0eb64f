/**
 * Lets work run at once as long as its costs sum up to no more than `total`, and has the rest wait in the order in which
 * it came, so that a stream of small works never keeps a big one waiting. What costs more than `total` runs alone.
 */
export function createBudget(total: number) {
  let free = total;
  const waiting: { cost: number; start: () => void }[] = [];
  const startNext = () => {
    for (let next = waiting[0]; next && next.cost <= free; next = waiting[0]) {
      waiting.shift();
      free -= next.cost;
      next.start();
    }
  };
  return async function spend<T>(cost: number, work: () => Promise<T>): Promise<T> {
    const share = Math.min(cost, total);
    await new Promise<void>((start) => {
      waiting.push({ cost: share, start });
      startNext();
    });
    try {
      return await work();
    } finally {
      free += share;
      startNext();
    }
  };
}
