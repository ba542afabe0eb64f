import type { LabelSource } from "~/features/labels/label-state";
import type { TravelingLabel } from "~/features/labels/travel/formats/label-line";

/** A label as it is in the database, beside one of a file for the same attribute of the same image. */
export type PresentLabel = { value: string; etag: string; source: LabelSource; rev: number; acceptedAt: Date };

type Decision =
  /** It goes in, though the label that is here is `newer`, or a `person`'s. */
  | { goesIn: "new" | "other value" | "newer" | "person" | "fresh again"; isStale: boolean }
  | { staysOut: "same" | "person" | "stale" };

/**
 * Whether a label of a file goes in. A person's label with another value stays (unless `overPerson`), and so does one for the present
 * bytes beside one for former bytes. A label for other bytes than the image has now goes in where there is none, and is stale then, as it
 * is where it was exported.
 * @param etag of the image's present bytes
 */
export function decide(
  label: Pick<TravelingLabel, "value" | "etag" | "origin">,
  { present, etag, overPerson }: { present: PresentLabel | null; etag: string; overPerson: boolean },
): Decision {
  const isStale = label.etag !== null && label.etag !== etag;
  if (present === null) return { goesIn: "new", isStale };
  const isFresh = present.etag === etag;
  if (present.value === label.value) {
    const isMended = !isFresh && !isStale && present.source !== "person";
    return isMended ? { goesIn: "fresh again", isStale } : { staysOut: "same" };
  }
  if (present.source === "person" && !overPerson) return { staysOut: "person" };
  if (isFresh && isStale) return { staysOut: "stale" };
  if (present.source === "person") return { goesIn: "person", isStale };
  // One that was imported was accepted elsewhere, before.
  const { at } = label.origin;
  const isNewer = present.source === "model" && at !== undefined && present.acceptedAt.getTime() > Date.parse(at);
  return { goesIn: isNewer ? "newer" : "other value", isStale };
}
