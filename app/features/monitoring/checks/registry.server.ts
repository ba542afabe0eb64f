import type { Check } from "~/features/monitoring/check";
import { labelingProgress } from "./labeling-progress.server";
import { labelsFile } from "./labels-file.server";
import { missedSlots } from "./missed-slots.server";
import { spend } from "./spend.server";
import { thumbnails } from "./thumbnails.server";

/** Every check, in the order in which pages show them. A new one is a file beside this one and a line here. */
export const checks: readonly Check[] = [
  asCheck(labelingProgress),
  asCheck(thumbnails),
  asCheck(missedSlots),
  asCheck(spend),
  asCheck(labelsFile),
];

/** As the runner uses every check alike: readings that it hands on were made, or parsed, by the check itself. */
function asCheck<Reading>(check: Check<Reading>): Check {
  return {
    ...check,
    judge: (reading, { at, earlier }) =>
      check.judge(check.reading.parse(reading), {
        at,
        earlier: earlier.map((one) => ({ ...one, reading: check.reading.parse(one.reading) })),
      }),
  };
}
