import { findReference } from "~/features/attribute-groups/findings/audit-listing";
import { count } from "~/features/format";
import { baseName, hasImageExtension } from "~/features/images/key-layout";
import type { PlanSummary } from "~/features/job-runs/kinds/plan-summary";

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

type Listed = { key: string; bytes: number };

/** Which image will stand for a group once it holds, beside what lies there, what comes. */
export function referenceFact(prefix: string, present: Listed[], coming: { object: Listed; to: string }[] = []): Fact {
  const came = coming.map(({ object, to }) => ({ key: to, bytes: object.bytes }));
  const held = new Map([...came, ...present].map((object) => [object.key, object]));
  const { reference, candidates } = findReference(
    prefix,
    [...held.values()].filter(({ key }) => key.startsWith(prefix)),
  );
  const none = candidates.length > 1 ? `none: ${count(candidates.length)} candidates` : "none";
  const onlyOne = candidates.length === 0 ? ", the only image" : "";
  return {
    label: "Reference image afterwards",
    value: reference ? `${baseName(reference.key)}${onlyOne}` : none,
  };
}
