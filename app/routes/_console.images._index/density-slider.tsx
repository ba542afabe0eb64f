import { useSearchParams } from "@remix-run/react";
import { Grid2x2, Grid3x3 } from "lucide-react";
import { useChangeView } from "./change-view";
import { densityOf, MIDDLE, STEPS } from "./list/density";

const words = ["Smallest", "Small", "Medium", "Large", "Largest"];

/** How large pictures are drawn, in the address as everything else. */
export function DensitySlider() {
  const [params] = useSearchParams();
  const changeView = useChangeView();
  const size = densityOf(params);
  return (
    <label className="flex h-8 items-center gap-2 text-sm text-muted max-sm:h-11">
      <Grid3x3 aria-hidden className="size-4" />
      <span className="sr-only">Size of pictures</span>
      <input
        type="range"
        min={1}
        max={STEPS}
        step={1}
        value={size}
        aria-valuetext={words[size - 1]}
        onChange={({ target: { value } }) => changeView({ size: Number(value) === MIDDLE ? null : value })}
        className="w-24 accent-accent-fill"
      />
      <Grid2x2 aria-hidden className="size-4" />
    </label>
  );
}
