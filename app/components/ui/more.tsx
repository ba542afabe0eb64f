import type { ReactNode } from "react";
import { count } from "~/features/format";
import { cx } from "./cx";

type MoreProps = {
  /** How many there are, and how many of them are listed above. */
  total: number;
  shown: number;
  /** A list's last row unless it stands elsewhere. */
  as?: "li" | "p" | "span";
  className?: string;
  /** The way to the rest. */
  children?: ReactNode;
};

/** What a list that was cut leaves out: “and 12 more”. Nothing when it is whole. */
export function More({ total, shown, as: Tag = "li", className, children }: MoreProps) {
  if (total <= shown) return null;
  return (
    <Tag className={cx("text-muted tabular-nums", className)}>
      and {count(total - shown)} more{children}
    </Tag>
  );
}
