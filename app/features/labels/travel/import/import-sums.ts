import { count, plural } from "~/features/format";
import type { PlanSummary } from "~/features/job-runs/kinds/plan-summary";
import { quote } from "~/quote";

const CONFLICTS_SHOWN = 20;
const EXAMPLES_SHOWN = 5;
const SAMPLES = 8;

type Examples = { count: number; first: string[] };

/** What a plan adds up while it reads a file of any length: counts, and a few of each as sentences. */
export function createLabelSums() {
  const goesIn = { new: 0, "other value": 0, newer: 0, person: 0, "fresh again": 0, removed: 0 };
  const staysOut = { same: 0, stale: 0, repeated: 0 };
  const refused: Examples = { count: 0, first: [] };
  const byName: Examples = { count: 0, first: [] };
  const newer: Examples = { count: 0, first: [] };
  const overPerson: Examples = { count: 0, first: [] };
  const samples: number[] = [];
  let stale = 0;
  let unread = 0;
  const add = (to: Examples, sentence: string, most: number) => {
    to.count += 1;
    if (to.first.length < most) to.first.push(sentence);
  };
  return {
    goesIn,
    staysOut,
    refuse: (sentence: string) => add(refused, sentence, CONFLICTS_SHOWN),
    findByName: (sentence: string) => add(byName, sentence, EXAMPLES_SHOWN),
    /** Something that goes in over a label which someone may want to keep. */
    replace: (what: "newer" | "person", sentence: string) =>
      add(what === "newer" ? newer : overPerson, sentence, EXAMPLES_SHOWN),
    addStale() {
      stale += 1;
    },
    /** Nothing is removed: so many lines could not be read, and may be those of labels that seem to be missing. */
    keepAbsent(lines: number) {
      unread = lines;
    },
    sample(imageId: number) {
      if (samples.length < SAMPLES && !samples.includes(imageId)) samples.push(imageId);
    },
    tell(unused: readonly string[]): PlanSummary {
      const fact = (label: string, value: number) => (value > 0 ? [{ label, value: count(value) }] : []);
      const leave = (what: string, value: number) => (value > 0 ? [{ what, count: value }] : []);
      const warn = (words: (labels: string) => string, { count: n, first }: Examples) =>
        n > 0 ? [words(plural(n, "label")), ...first] : [];
      return {
        facts: [
          ...fact("New labels", goesIn.new),
          ...fact("Labels with another value", goesIn["other value"] + goesIn.newer + goesIn.person),
          ...fact("Labels confirmed for the present bytes", goesIn["fresh again"]),
          ...fact("Labels that the file no longer has, removed", goesIn.removed),
          ...fact("Accepted for other bytes, so stale here", stale),
        ],
        leftOut: [
          ...leave("Here already", staysOut.same),
          ...leave("For former bytes, while the label here is for the present ones", staysOut.stale),
          ...leave("Said twice in the file", staysOut.repeated),
        ],
        ...(refused.count > 0 && { conflicts: { count: refused.count, sample: refused.first } }),
        samples,
        warnings: [
          ...warn((labels) => `This replaces ${labels} set by people.`, overPerson),
          ...warn((labels) => `This replaces ${labels} accepted here later than in the file.`, newer),
          ...warn((labels) => `For ${labels}, only the file name says which image is meant.`, byName),
          ...(unread > 0
            ? [
                `This removes no label, for ${plural(unread, "line")} cannot be read. Mend the file, then import it again.`,
              ]
            : []),
          ...(unused.length > 0 ? [`Not used: ${unused.map(quote).join(", ")}.`] : []),
        ],
      };
    },
  };
}

export type LabelSums = ReturnType<typeof createLabelSums>;
