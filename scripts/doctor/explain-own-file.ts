import { countToImport, differenceWords, isSame } from "~/features/labels/travel/check/label-difference";
import type { OwnFileCheck } from "~/features/labels/travel/check/own-file-check.server";
import { OWN_FILE } from "~/features/labels/travel/own-file";
import type { AbilityLine } from "~/features/storage/explain-abilities";

const tried = { name: "Labels", tried: `Compare ${OWN_FILE} with the database` };

/** What it means that the file of the repository and the labels here differ, and what to do. */
export function explainOwnFile(check: OwnFileCheck): AbilityLine {
  if ("problem" in check) {
    const todo = `Restore ${OWN_FILE} from the repository, or write it again: npx tsx scripts/export-labels.ts.`;
    return { ...tried, does: check.problem, means: "Servers that start from it get no labels.", todo, tone: "bad" };
  }
  if (isSame(check)) {
    const does = check.inBoth === 0 ? "Neither has a label" : "Have the same labels";
    return { ...tried, does, means: null, todo: null, tone: "good" };
  }
  const does = `Differ: ${differenceWords(check).join("; ")}`;
  if (countToImport(check) > 0) {
    const todo = "Run npx tsx scripts/import-labels.ts and read its plan, then add --apply.";
    return { ...tried, does, means: "This server lacks labels that others have.", todo, tone: "warn" };
  }
  const means =
    check.onlyHere > 0
      ? "Other servers lack labels of this one. npx tsx scripts/export-labels.ts writes them; commit the file."
      : "An import would bring nothing.";
  return { ...tried, does, means, todo: null, tone: "warn" };
}
