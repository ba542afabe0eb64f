import type { Loss } from "~/features/images/pixels/read-image.server";
import { quoteKey } from "~/quote";

/** Why an image stays what it is: what it would lose, or that it would hardly become smaller. */
export type WhyNot = Loss | "hardly-smaller";

/** As a plan counts them, and as an item says it. */
export const whyNotWords: Record<WhyNot, { many: string; one: string }> = {
  "same-format": { many: "Have this format already", one: "has this format already" },
  animated: {
    many: "Are animated or have several pages",
    one: "is animated or has several pages, of which one would be left",
  },
  "deep-color": {
    many: "Have more than 8 bit a color, or HDR",
    one: "has more than 8 bit a color, or HDR, which would be lost",
  },
  "print-color": { many: "Have colors for print (CMYK)", one: "has colors for print (CMYK), which would be lost" },
  "too-large": { many: "Have too many pixels to be converted here", one: "has too many pixels to be converted here" },
  "hardly-smaller": { many: "Would not become smaller by 10\u202f%", one: "would not become smaller by 10\u202f%" },
};

export const whyNot = (key: string, why: WhyNot): string => `${quoteKey(key)} ${whyNotWords[why].one}.`;
