import { count } from "~/features/format";
import { baseName, hasImageExtension } from "~/features/images/key-layout";
import type { PlanSummary } from "~/features/job-runs/handler";
import { findReference } from "./audit-listing";

export type Fact = NonNullable<PlanSummary["facts"]>[number];

/** How many objects go, by kind. */
export function countFacts(objects: { key: string }[]): Fact[] {
  const images = objects.filter(({ key }) => hasImageExtension(key)).length;
  const others = objects.length - images;
  return [
    { label: "Images", value: count(images) },
    ...(others > 0 ? [{ label: "Other objects", value: count(others) }] : []),
  ];
}

/** Which image will stand for a group that holds these objects. */
export function referenceFact(prefix: string, objects: { key: string; bytes: number }[]): Fact {
  const { reference, candidates } = findReference(prefix, objects);
  const none = candidates.length > 1 ? `none: ${count(candidates.length)} candidates` : "none";
  const onlyOne = candidates.length === 0 ? ", the only image" : "";
  return {
    label: "Reference image afterwards",
    value: reference ? `${baseName(reference.key)}${onlyOne}` : none,
  };
}
