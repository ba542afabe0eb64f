import { expect, test } from "vitest";
import type { ImageQuery } from "~/features/images/query/image-query";
import { type FilterKind, withFilter } from "./with-filter";

const add = (query: ImageQuery, kind: FilterKind, typed: Record<string, string>) =>
  withFilter(query, kind, (name) => typed[name] ?? "");

test.each<[FilterKind, ImageQuery, Record<string, string>, ImageQuery]>([
  [
    "dates",
    { since: "7d" },
    { since: "2026-11-01", until: "2026-11-20" },
    { since: "2026-11-01", until: "2026-11-20" },
  ],
  ["dates", { since: "7d", kind: ["upload"] }, { since: "", until: "" }, { kind: ["upload"] }],
  ["pixels", { minWidth: 10 }, { minWidth: "1024", maxHeight: "512" }, { minWidth: 1024, maxHeight: 512 }],
  ["bytes", {}, { minBytes: "1.5", maxBytes: "", unit: "1000000" }, { minBytes: 1_500_000 }],
  ["prefix", { prefix: "a/" }, { prefix: "uploads/서울 " }, { prefix: "uploads/서울 " }],
  ["owner", { owner: ["u-1"] }, { owner: "u-2" }, { owner: ["u-1", "u-2"] }],
  ["folder", { root: "Other", group: "x" }, { root: "Model", group: "" }, { root: "Model" }],
  [
    "label",
    { label: [{ attribute: "tone", value: "warm" }] },
    { attribute: "tone", value: "a:b" },
    {
      label: [
        { attribute: "tone", value: "warm" },
        { attribute: "tone", value: "a:b" },
      ],
    },
  ],
  ["labelSource", {}, { attribute: "tone", source: "none" }, { labelSource: [{ attribute: "tone", source: "none" }] }],
  ["labelRun", { all: true }, { labelRun: "12" }, { labelRun: 12 }],
  ["unreadable", {}, { unreadable: "any" }, { unreadable: ["any"] }],
])("%s of %j by %j", (kind, query, typed, expected) => {
  expect(add(query, kind, typed)).toEqual(expected);
});

test.each<[FilterKind, Record<string, string>, string]>([
  ["pixels", { minWidth: "200", maxWidth: "100" }, "less than minWidth"],
  ["dates", { until: "2026-02-30" }, "not a date"],
  ["labelRun", { labelRun: "0" }, "labelRun"],
  ["bytes", { minBytes: "many", unit: "1000" }, "minBytes"],
])("refuses %s by %j", (kind, typed, sentence) => {
  expect(() => add({}, kind, typed)).toThrow(sentence);
});
