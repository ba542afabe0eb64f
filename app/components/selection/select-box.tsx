import { cx } from "~/components/ui/cx";
import type { BoxProps } from "./use-selection";

type SelectBoxProps = {
  /** The item, for who does not see what stands around the box. */
  name: string;
  box: BoxProps;
  /** Something is selected, so that every box can be seen. */
  isSelecting: boolean;
  className?: string;
};

/**
 * The checkbox over a picture, on a plate. It stands in an element of class `group/card`: a mouse finds it by pointing at
 * that, a finger cannot.
 */
export function SelectBox({ name, box, isSelecting, className }: SelectBoxProps) {
  return (
    <label
      className={cx(
        "grid size-7 cursor-pointer place-items-center rounded-md bg-plate transition-opacity max-sm:size-11",
        !isSelecting && "pointer-fine:not-group-hover/card:not-group-focus-within/card:opacity-0",
        className,
      )}
    >
      <span className="sr-only">Select {name}</span>
      <input type="checkbox" {...box} className="size-4 accent-accent-fill max-sm:size-5" />
    </label>
  );
}
