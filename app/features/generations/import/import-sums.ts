import { count, plural } from "~/features/format";
import type { PlanSummary } from "~/features/job-runs/kinds/plan-summary";
import { quote } from "~/quote";
import type { FoundBy } from "./choose-image";

const CONFLICTS_SHOWN = 20;
const EXAMPLES_SHOWN = 5;
const SAMPLES = 8;
/** Names of unknown properties that a plan tells. */
const NAMES_TOLD = 20;

type Examples = { count: number; first: string[] };
const examples = (): Examples => ({ count: 0, first: [] });

function add(to: Examples, sentence: string, most = EXAMPLES_SHOWN): void {
  to.count += 1;
  if (to.first.length < most) to.first.push(sentence);
}

/** What a plan adds up while it reads a file of any length: counts, and a few of each as sentences. */
export function createImportSums() {
  const found: Record<FoundBy, number> = { key: 0, name: 0, bytes: 0 };
  const counts = { new: 0, foundSince: 0, same: 0, repeated: 0, withoutImage: 0, filled: 0 };
  const refused = examples();
  const notFound = examples();
  const ambiguous = examples();
  const lostReferences = examples();
  const otherOwner = examples();
  const newOwners = new Set<string>();
  const unknown = new Set<string>();
  const samples: number[] = [];
  return {
    counts,
    newOwners,
    refuse: (sentence: string) => add(refused, sentence, CONFLICTS_SHOWN),
    keepOwner: (sentence: string) => add(otherOwner, sentence),
    miss: (sentence: string, of: { isAmbiguous: boolean; isReference: boolean }) =>
      add(of.isReference ? lostReferences : of.isAmbiguous ? ambiguous : notFound, sentence),
    find(imageId: number, by: FoundBy) {
      found[by] += 1;
      if (samples.length < SAMPLES && !samples.includes(imageId)) samples.push(imageId);
    },
    /** Properties that we keep and do not know. */
    name(properties: string[]) {
      for (const property of properties) if (unknown.size < NAMES_TOLD) unknown.add(property);
    },
    tell(): PlanSummary {
      const fact = (label: string, value: number) => (value > 0 ? [{ label, value: count(value) }] : []);
      const leave = (what: string, value: number) => (value > 0 ? [{ what, count: value }] : []);
      const warn = (words: (n: number) => string, { count: n, first }: Examples) => (n > 0 ? [words(n), ...first] : []);
      return {
        facts: [
          ...fact("New records", counts.new),
          ...fact("Records whose images are found now", counts.foundSince),
          ...fact("Images found by key", found.key),
          ...fact("Images found by file name", found.name),
          ...fact("Images found by their bytes", found.bytes),
          ...fact("Records without an image", counts.withoutImage),
          ...fact("Images not found", notFound.count),
          ...fact("Images that several can be", ambiguous.count),
          ...fact("References not found", lostReferences.count),
          ...fact("Images that get an owner", counts.filled),
          ...fact("New owners", newOwners.size),
        ],
        leftOut: [...leave("Imported already", counts.same), ...leave("Lines that repeat another", counts.repeated)],
        ...(refused.count > 0 && { conflicts: { count: refused.count, sample: refused.first } }),
        samples,
        warnings: [
          ...warn(
            (n) =>
              `${plural(n, "image")} ${n === 1 ? "was" : "were"} not found; the records are kept without. Import the file again once the images are indexed.`,
            notFound,
          ),
          ...warn(
            (n) => `${plural(n, "record")} can mean several images and ${n === 1 ? "is" : "are"} kept without one.`,
            ambiguous,
          ),
          ...warn(
            (n) =>
              `${plural(n, "reference")} ${n === 1 ? "was" : "were"} not found and ${n === 1 ? "is" : "are"} kept as named.`,
            lostReferences,
          ),
          ...warn((n) => `The owner of ${plural(n, "image")} stays, though the record names another.`, otherOwner),
          ...(unknown.size > 0 ? [`Kept, but used for nothing: ${[...unknown].map(quote).join(", ")}.`] : []),
        ],
      };
    },
  };
}

export type ImportSums = ReturnType<typeof createImportSums>;
