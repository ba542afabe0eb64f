import type { TabLink } from "~/components/ui/tabs";

const names = ["prompt", "request", "difference", "try"] as const;
export type PromptTab = (typeof names)[number];

const labels: Record<PromptTab, string> = {
  prompt: "Prompt",
  request: "Request",
  difference: "Difference",
  try: "Try on one image",
};

/** What an address asks for; the prompt itself where it asks for nothing known. */
export const tabOf = (text: string | null): PromptTab => names.find((name) => name === text) ?? "prompt";

export const promptTabs = (id: number, current: PromptTab): TabLink[] =>
  names.map((name) => ({
    label: labels[name],
    to: name === "prompt" ? `/prompts/${id}` : `/prompts/${id}?tab=${name}`,
    isCurrent: name === current,
  }));
