import { ChevronDown } from "lucide-react";
import { count } from "~/features/format";
import { baseName } from "~/features/images/key-layout";
import { visible } from "~/quote";

type NearlySameProps = { others: number; of: string; isOpen: boolean; onPress: () => void };

/** Shows and hides the images that are nearly the same as one. */
export const NearlySame = ({ others, of, isOpen, onPress }: NearlySameProps) => (
  <button
    type="button"
    aria-expanded={isOpen}
    aria-label={`${count(others)} nearly the same as ${visible(baseName(of))}`}
    onClick={onPress}
    className="inline-flex min-h-6 items-center gap-1 self-start rounded-md text-xs text-accent hover:underline max-sm:min-h-11"
  >
    <ChevronDown aria-hidden className={`size-3.5 transition-transform ${isOpen ? "rotate-180" : ""}`} />
    {count(others)} nearly the same
  </button>
);
