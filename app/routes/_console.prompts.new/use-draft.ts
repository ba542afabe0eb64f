import { useEffect, useState } from "react";
import { z } from "zod";

/** Every field of the editor by its name, as a form sends it. */
export type DraftFields = Record<string, string>;

const kept = z.record(z.string(), z.string());

/**
 * Keeps what is typed for as long as the tab lives, so that a reload, a sign-in or a way to another page does not lose it.
 * @param id of what is edited
 * @returns what was kept before, once the page stands (the server knows of none); null: nothing
 */
export function useDraft(id: string) {
  const place = `prompt-draft:${id}`;
  const [restored, setRestored] = useState<DraftFields | null>(null);
  useEffect(() => setRestored(read(place)), [place]);
  return {
    restored,
    keep: (form: HTMLFormElement) => sessionStorage.setItem(place, JSON.stringify(fieldsOf(form))),
    forget() {
      sessionStorage.removeItem(place);
      setRestored(null);
    },
    /** As `forget`, but the page goes on showing what was restored. */
    leave: () => sessionStorage.removeItem(place),
  };
}

/** What a form would send now. */
export const fieldsOf = (form: HTMLFormElement): DraftFields =>
  Object.fromEntries(
    Array.from(new FormData(form)).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );

function read(place: string): DraftFields | null {
  const text = sessionStorage.getItem(place);
  if (text === null) return null;
  try {
    return kept.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
