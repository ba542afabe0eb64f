import { expect, test } from "vitest";
import type { Finding, FindingType } from "./findings/finding-types";
import { countByType, findingTypeOf, narrowGroups } from "./narrow-groups";
import type { GroupSummary, GroupsView } from "./read-groups.server";

const at = new Date("2026-11-20T10:00:00Z");

function finding(id: number, type: FindingType, groups: string[]): Finding {
  const common = { severity: "error", sentence: "", firstSeenAt: at, lastSeenAt: at, ignored: null } as const;
  return { id, type, subject: groups[0] ?? "", evidence: { groups, objects: [], more: 0 }, ...common };
}

function group(name: string): GroupSummary {
  const counts = { images: 1, objects: 1, bytes: 1, findings: 0 };
  const nothing = { attributes: null, problem: null, newestAt: null, reference: null, cover: null, worst: null };
  return { name, prefix: `references/${name}/`, ...counts, ...nothing };
}

const view: GroupsView = {
  root: "Model",
  snapshotId: 1,
  asOf: at,
  images: 3,
  objects: 3,
  lastChanges: null,
  matrix: { rows: { attribute: "tone", values: ["warm"] }, columns: null },
  groups: [group("warm"), group("warm 2"), group("cool")],
  unreadable: [],
  findings: [
    finding(1, "same-attributes", ["references/warm/", "references/warm 2/"]),
    finding(2, "no-reference", ["references/cool/"]),
    finding(3, "no-reference", ["references/warm/"]),
    finding(4, "missing-combination", []),
  ],
  ignored: [finding(5, "no-reference", ["references/warm 2/"]), finding(6, "stray-object", [])],
};

test("a type of finding keeps its findings, and the groups in which one is to be dealt with", () => {
  const { findings, ignored, groups } = narrowGroups(view, "no-reference");
  expect(findings.map(({ id }) => id)).toEqual([2, 3]);
  expect(ignored.map(({ id }) => id)).toEqual([5]);
  expect(groups.map(({ name }) => name)).toEqual(["warm", "cool"]);
});

test("a finding of several groups keeps them all, and one of no group none", () => {
  expect(narrowGroups(view, "same-attributes").groups.map(({ name }) => name)).toEqual(["warm", "warm 2"]);
  expect(narrowGroups(view, "missing-combination").groups).toEqual([]);
});

test("no type keeps everything", () => {
  expect(narrowGroups(view, null).groups).toHaveLength(3);
  expect(narrowGroups(view, null).findings).toHaveLength(4);
});

test("types are counted in the order of the findings", () => {
  expect(countByType(view.findings)).toEqual([
    { type: "same-attributes", count: 1 },
    { type: "no-reference", count: 2 },
    { type: "missing-combination", count: 1 },
  ]);
});

test.each([
  ["no-reference", "no-reference"],
  ["toString", null],
  ["", null],
  [null, null],
])("an address that asks for %s means %s", (text, type) => {
  expect(findingTypeOf(text)).toBe(type);
});
