import { Link, type LinkProps } from "@remix-run/react";
import type { ReactNode } from "react";
import { cx } from "./cx";

/** As high as a finger on narrow screens, as high as its line elsewhere. */
const linkClass = "link inline-flex items-center max-sm:min-h-11";

/** A link in running text or beside a title. */
export const TextLink = ({ className, ...link }: LinkProps) => <Link className={cx(linkClass, className)} {...link} />;

/** What opens more of the same text: the summary of a `details`. */
export const TextSummary = ({ className, children }: { className?: string; children: ReactNode }) => (
  <summary className={cx(linkClass, "w-fit cursor-pointer", className)}>{children}</summary>
);
