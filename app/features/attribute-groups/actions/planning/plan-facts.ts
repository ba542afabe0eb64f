import { findReference } from "~/features/attribute-groups/findings/audit-listing";
import { count } from "~/features/format";
import { baseName, hasImageExtension } from "~/features/images/key-layout";
import type { PlanSummary } from "~/features/job-runs/kinds/plan-summary";
import { quote } from "~/quote";

export type Fact = NonNullable<PlanSummary["facts"]>[number];

/** How many objects go, by kind. */
export function countObjects(objects: { key: string }[]): Pick<PlanSummary, "images" | "otherObjects"> {
  const images = objects.filter(({ key }) => hasImageExtension(key)).length;
  const otherObjects = objects.length - images;
  return { images, ...(otherObjects > 0 && { otherObjects }) };
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
    value: reference ? `${quote(baseName(reference.key))}${onlyOne}` : none,
  };
}

/**
 * A free key for an image that would be one candidate too many: former-reference.png, or -2, -3, ….
 * @param taken is told of the key
 */
export function formerReferenceKey(prefix: string, key: string, taken: Set<string>): string {
  const extension = key.slice(key.lastIndexOf("."));
  for (let nth = 1; ; nth++) {
    const free = `${prefix}former-reference${nth > 1 ? `-${nth}` : ""}${extension}`;
    if (taken.has(free)) continue;
    taken.add(free);
    return free;
  }
}

/**
 * Moves into a group that keeps its own reference: where it has a candidate, those that come are called otherwise.
 * @param present what lies in the group
 */
export function keepReference<Move extends { object: Listed; to: string }>(
  prefix: string,
  present: Listed[],
  moves: Move[],
): { moves: Move[]; facts: Fact[] } {
  if (findReference(prefix, present).candidates.length === 0) return { moves, facts: [] };
  const taken = new Set([...present.map(({ key }) => key), ...moves.map(({ to }) => to)]);
  const facts: Fact[] = [];
  const kept = moves.map((move) => {
    const { candidates } = findReference(prefix, [{ key: move.to, bytes: move.object.bytes }]);
    if (candidates.length === 0) return move;
    const to = formerReferenceKey(prefix, move.to, taken);
    facts.push({ label: `${quote(baseName(move.to))} becomes`, value: quote(baseName(to)) });
    return { ...move, to };
  });
  return { moves: kept, facts };
}
