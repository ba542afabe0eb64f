import { type SelectHTMLAttributes, useId } from "react";
import { cx } from "~/components/ui/cx";
import { controlClass, rowControlClass } from "./field";

type ChoiceProps = SelectHTMLAttributes<HTMLSelectElement> & {
  label: string;
  /** It stands in a row with buttons. */
  isInRow?: boolean;
  /** Of name and select together. */
  className?: string;
};

/** A select with its name above it. */
export function Choice({ label, isInRow = false, className, ...select }: ChoiceProps) {
  const id = useId();
  return (
    <div className={cx("flex min-w-0 flex-col gap-1", className)}>
      <label htmlFor={id} className="text-sm font-medium first-letter:uppercase">
        {label}
      </label>
      <select id={id} className={isInRow ? rowControlClass : controlClass} {...select} />
    </div>
  );
}
