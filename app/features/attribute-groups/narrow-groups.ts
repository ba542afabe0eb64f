import { type Finding, type FindingType, findingTypes } from "./findings/finding-types";
import type { GroupSummary, GroupsView } from "./read-groups.server";

/** The type of finding that an address asks for; null: any. */
export function findingTypeOf(text: string | null): FindingType | null {
  return text !== null && isFindingType(text) ? text : null;
}

const isFindingType = (text: string): text is FindingType => Object.hasOwn(findingTypes, text);

export type NarrowedGroups = {
  findings: Finding[];
  ignored: Finding[];
  /** Groups with a finding of the type that is to be dealt with; all of them where no type is asked for. */
  groups: GroupSummary[];
};

/** What a filter by type of finding keeps of a root's groups and findings. */
export function narrowGroups(view: GroupsView, type: FindingType | null): NarrowedGroups {
  if (type === null) return view;
  const isOfType = (finding: Finding) => finding.type === type;
  const findings = view.findings.filter(isOfType);
  const prefixes = new Set(findings.flatMap(({ evidence }) => evidence.groups));
  return {
    findings,
    ignored: view.ignored.filter(isOfType),
    groups: view.groups.filter(({ prefix }) => prefixes.has(prefix)),
  };
}

/** The types that occur, the most severe first, with how many there are. */
export function countByType(findings: Finding[]): { type: FindingType; count: number }[] {
  const counts = new Map<FindingType, number>();
  for (const { type } of findings) counts.set(type, (counts.get(type) ?? 0) + 1);
  return Array.from(counts, ([type, count]) => ({ type, count }));
}
