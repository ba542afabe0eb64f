import type { ReactNode } from "react";
import { count } from "~/features/format";

/** The title of a list with how many it has, all of them rather than those that are shown. */
export const CountTitle = ({ total, children }: { total: number; children: ReactNode }) => (
  <>
    {children} <span className="font-normal text-muted tabular-nums">{count(total)}</span>
  </>
);
