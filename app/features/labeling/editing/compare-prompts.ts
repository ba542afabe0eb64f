import { diffWordsWithSpace } from "diff";
import { describeAttributes } from "~/features/label-schema/label-schema";
import type { PromptAttributes } from "~/features/labeling/prompts/answer-schema";
import type { PromptContent, PromptExample } from "~/features/labeling/prompts/prompt-content";

/** A stretch of text that both have, or one of them. */
export type TextPart = { text: string; side: "both" | "before" | "after" };

/** Something that one has and the other has not, or has otherwise; null: it is not there. */
export type Change = { name: string; before: string | null; after: string | null };

/** What changed from one prompt version to another. Everything is empty where they ask the same. */
export type PromptDifference = {
  /** Word by word; empty where the instructions are the same. */
  instructions: TextPart[];
  attributes: Change[];
  settings: Change[];
  /** By key; bytes (ETag) and labels are what an example has. */
  examples: Change[];
  /** Both have the same examples, in another order. */
  isReordered: boolean;
};

/** Texts further apart are shown as a whole: comparing them word by word takes long, and no one could read it. */
const MOST_EDITS = 4_000;

export function comparePrompts(before: PromptContent, after: PromptContent): PromptDifference {
  const examples = changesBetween(examplesOf(before.examples), examplesOf(after.examples));
  const keys = ({ examples: all }: PromptContent) => all.map(({ key }) => key).join("\n");
  return {
    instructions: compareTexts(before.instructions, after.instructions),
    attributes: changesBetween(attributesOf(before.attributes), attributesOf(after.attributes)),
    settings: changesBetween(settingsOf(before.settings), settingsOf(after.settings)),
    examples,
    isReordered: examples.length === 0 && keys(before) !== keys(after),
  };
}

function compareTexts(before: string, after: string): TextPart[] {
  if (before === after) return [];
  const parts = diffWordsWithSpace(before, after, { maxEditLength: MOST_EDITS });
  if (!parts) {
    return [
      { text: before, side: "before" },
      { text: after, side: "after" },
    ];
  }
  return parts.map(({ value, added, removed }) => ({
    text: value,
    side: added ? "after" : removed ? "before" : "both",
  }));
}

const attributesOf = (attributes: PromptAttributes) =>
  Object.entries(attributes).map(([name, { values, estimate }]): [string, string] => [
    name,
    estimate ? `${values.join(" · ")} and a number of ${estimate}` : values.join(" · "),
  ]);

const settingsOf = (settings: PromptContent["settings"]) =>
  Object.entries(settings).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );

const examplesOf = (examples: PromptExample[]) =>
  examples.map(({ key, etag, labels }): [string, string] => [
    key,
    [describeAttributes(labels), `ETag ${etag}`].filter(Boolean).join(", "),
  ]);

/** In the order of the first, then what only the second has. */
function changesBetween(before: [string, string][], after: [string, string][]): Change[] {
  const [old, now] = [new Map(before), new Map(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((name) => ({ name, before: old.get(name) ?? null, after: now.get(name) ?? null }))
    .filter((change) => change.before !== change.after);
}
