import { expect, test } from "vitest";
import type { LabelSource } from "~/features/labels/label-state";
import { decide } from "./decide";

const at = (day: number) => `2026-11-0${day}T00:00:00.000Z`;
const file = (value: string, etag: string | null, day = 5) => ({
  value,
  etag,
  origin: { source: "model" as const, at: at(day) },
});
const here = (value: string, etag: string, source: LabelSource = "model", day = 1) => ({
  ...{ value, etag, source, rev: 1 },
  acceptedAt: new Date(at(day)),
});

test.each([
  ["none here", file("warm", "now"), null, { goesIn: "new", isStale: false }],
  ["none here, and it is for former bytes", file("warm", "old"), null, { goesIn: "new", isStale: true }],
  ["none here, for whatever bytes there are", file("warm", null), null, { goesIn: "new", isStale: false }],
  ["the same", file("warm", "now"), here("warm", "now"), { staysOut: "same" }],
  ["the same, stale here and in the file", file("warm", "old"), here("warm", "old"), { staysOut: "same" }],
  ["the same, here of present bytes", file("warm", "old"), here("warm", "now"), { staysOut: "same" }],
  ["the same, stale here only", file("warm", "now"), here("warm", "old"), { goesIn: "fresh again", isStale: false }],
  ["the same, stale here, a person's", file("warm", "now"), here("warm", "old", "person"), { staysOut: "same" }],
  ["another", file("warm", "now"), here("cool", "now"), { goesIn: "other value", isStale: false }],
  ["another that is newer", file("warm", "now"), here("cool", "now", "model", 9), { goesIn: "newer", isStale: false }],
  ["another of present bytes", file("warm", "old"), here("cool", "now"), { staysOut: "stale" }],
  [
    "another, both for former bytes",
    file("warm", "old"),
    here("cool", "old"),
    { goesIn: "other value", isStale: true },
  ],
  ["a person's", file("warm", "now"), here("cool", "now", "person"), { staysOut: "person" }],
  ["a person's of former bytes", file("warm", "now"), here("cool", "old", "person"), { staysOut: "person" }],
  [
    "one that was imported, later",
    file("warm", "now"),
    here("cool", "now", "import", 9),
    { goesIn: "other value", isStale: false },
  ],
])("beside %s", (_, label, present, decision) => {
  expect(decide(label, { present, etag: "now", overPerson: false })).toEqual(decision);
});

test("a person's label is replaced where that was asked for, unless it is the only one for the present bytes", () => {
  const over = { etag: "now", overPerson: true };
  const present = here("cool", "now", "person");
  expect(decide(file("warm", "now"), { ...over, present })).toEqual({ goesIn: "person", isStale: false });
  expect(decide(file("warm", "old"), { ...over, present })).toEqual({ staysOut: "stale" });
});
