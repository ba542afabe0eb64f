/** The first of this month and of the one before it (UTC): what is spent is told by months. */
export function monthOf(now: Date): { from: Date; before: Date } {
  const first = (monthsAgo: number) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - monthsAgo, 1));
  return { from: first(0), before: first(1) };
}
