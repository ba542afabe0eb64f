import { cx } from "./cx";

/** Stands where content will be, in its size, so that nothing jumps. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cx("block animate-pulse rounded-md bg-sunken", className)} />;
}
