/** done of total; without a total it only says that work is under way. */
export function Progress({ label, done, total }: { label: string; done: number; total: number | null }) {
  if (total === null) return <progress className="progress" aria-label={label} />;
  return <progress className="progress" aria-label={label} value={done} max={Math.max(total, 1)} />;
}
