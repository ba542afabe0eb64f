import type { SavedPrompt } from "~/features/labeling/editing/save-prompt.server";
import { quote } from "~/quote";

/**
 * What came of saving a draft.
 * @param newest the newest version of its name when the editor was opened, as the form sent it
 */
export function savedWords({ name, version, isNew }: SavedPrompt, asked: string, newest: string | undefined): string {
  const saved = `${quote(name)} v${version}`;
  if (!isNew) {
    return name === asked
      ? `Nothing was saved: this is exactly what ${saved} asks.`
      : `Nothing was saved: ${saved} asks exactly this, under another name.`;
  }
  const before = Number(newest);
  const others = before > 0 ? version - before - 1 : 0;
  if (others < 1) return `${saved} was saved.`;
  const since = others === 1 ? `v${version - 1} was` : `v${before + 1} to v${version - 1} were`;
  return `${saved} was saved. ${since} saved while you were editing: compare them before you start a run.`;
}
