import type { LucideIcon } from "lucide-react";
import { matcherOf } from "~/features/images/text/search-text";

/** One line of the command palette. */
export type Command = {
  id: string;
  /** The heading that it stands under. */
  group: string;
  label: string;
  /** What tells it from its like: an owner's id, a group's root. */
  hint?: string;
  icon: LucideIcon;
  /** Why it cannot be done now; null: it can. */
  refusal?: string | null;
  run(): void;
};

/** The commands whose label has every word of a text, each as the beginning of one of its words; all for no text. */
export function narrowCommands(commands: readonly Command[], text: string): Command[] {
  if (text.trim() === "") return [...commands];
  const matches = matcherOf(text);
  return commands.filter(({ group, label, hint = "" }) => matches([group, label, hint].join(" ")));
}
