import { bytes, count, percent } from "~/features/format";

/** Owners that a plan names; the rest are summed up. */
const OWNERS_NAMED = 20;

/** `left`: images that were measured, and are left out. */
const sizes = ["images", "bytes", "measured", "measuredBytes", "becomes", "left", "leftBytes"] as const;
type Sizes = Record<(typeof sizes)[number], number>;

const none = (): Sizes => ({
  ...{ images: 0, bytes: 0, measured: 0, measuredBytes: 0, becomes: 0 },
  ...{ left: 0, leftBytes: 0 },
});

/** Adds to sizes what one image, or another's sizes, have of each. */
function addTo(sum: Sizes, more: Partial<Sizes>): Sizes {
  for (const name of sizes) sum[name] += more[name] ?? 0;
  return sum;
}

/** What a conversion saves, gathered image by image: of those that were measured what they become, of all what they are. */
export function createSavings() {
  const all = none();
  const owners = new Map<string | null, Sizes>();
  const sumsOf = (owner: string | null) => {
    const own = owners.get(owner) ?? none();
    owners.set(owner, own);
    return [all, own];
  };
  return {
    /** @param becomes in bytes; null: it was not measured */
    add(owner: string | null, size: number, becomes: number | null) {
      const measured = becomes === null ? {} : { measured: 1, measuredBytes: size, becomes };
      for (const sums of sumsOf(owner)) addTo(sums, { images: 1, bytes: size, ...measured });
    },
    /** Of an image that was measured, and is left out. As many of those that were not measured will be. */
    leave(owner: string | null, size: number) {
      for (const sums of sumsOf(owner)) addTo(sums, { left: 1, leftBytes: size });
    },
    isSample: () => all.measured < all.images,
    /** Images that were measured and are converted. */
    measured: () => all.measured,
    total: () => all.bytes,
    facts() {
      const isSample = all.measured < all.images;
      const about = isSample ? "about " : "";
      const words = (sizes: Sizes) => {
        const saved = savedOf(sizes, all);
        return `${about}${bytes(saved)} of ${bytes(sizes.bytes)} (${percent(saved, sizes.bytes)})`;
      };
      const sorted = [...owners]
        .filter(([, { images }]) => images > 0)
        .sort(([a, x], [b, y]) => savedOf(y, all) - savedOf(x, all) || ((a ?? "") < (b ?? "") ? -1 : 1));
      const others = sorted.slice(OWNERS_NAMED).map(([, sizes]) => sizes);
      return [
        { label: "Saves once the originals are removed", value: words(all) },
        {
          label: "Measured on",
          value: isSample
            ? `${count(all.measured + all.left)} of ${count(all.images + all.left)} images, spread evenly over them`
            : "every image, by converting it",
        },
        ...sorted.slice(0, OWNERS_NAMED).map(([owner, sizes]) => ({
          label: `Saves for ${owner ?? "no owner"}`,
          value: words(sizes),
        })),
        ...(others.length > 0
          ? [{ label: `Saves for ${count(others.length)} other owners`, value: words(others.reduce(addTo, none())) }]
          : []),
      ];
    },
  };
}

/** An owner of whom too few were measured is taken to save as all do. */
const ENOUGH = 10;

function savedOf(sizes: Sizes, all: Sizes): number {
  const { measuredBytes, becomes, leftBytes } = sizes.measured + sizes.left >= ENOUGH ? sizes : all;
  const seen = measuredBytes + leftBytes;
  const ofRest = seen === 0 ? 0 : (measuredBytes - becomes) / seen;
  return Math.round(sizes.measuredBytes - sizes.becomes + (sizes.bytes - sizes.measuredBytes) * ofRest);
}
