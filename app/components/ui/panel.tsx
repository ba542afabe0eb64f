import type { ReactNode } from "react";
import { cx } from "./cx";

type PanelProps = {
  title?: ReactNode;
  /** Beside the title: a link or a button. */
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
  /** False where the content brings its own edges (a table). */
  isPadded?: boolean;
};

/** A surface with a hairline; sections of a page. */
export function Panel({ title, aside, children, className, isPadded = true }: PanelProps) {
  return (
    <section className={cx("min-w-0 rounded-md border border-line bg-surface", className)}>
      {(title || aside) && (
        <header className="flex min-h-11 flex-wrap items-center justify-between gap-x-3 gap-y-1 border-b border-line px-4 py-1.5 max-sm:py-2">
          <h2 className="text-base">{title}</h2>
          {aside}
        </header>
      )}
      <div className={isPadded ? "p-4" : undefined}>{children}</div>
    </section>
  );
}
