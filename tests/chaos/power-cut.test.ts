import { expect, test } from "vitest";
import { jobKinds } from "~/features/job-kinds.server";
import { isSetBased } from "~/features/job-runs/kinds/handler";
import { randomOf } from "../support/random";
import { tries } from "../support/tries";
import { cutTwice } from "./power-cut";
import { powerCutCases } from "./power-cut-cases";

/** Kinds whose items are done one by one, and which change rows alone: a commit is lost with all that it did. */
const changeRowsOnly = [
  "audit-groups",
  "find-duplicates",
  "import-owners",
  "index-images",
  "remove-old-items",
  "run-checks",
  "snapshot-storage",
  "thin-checks",
  "thin-snapshots",
  "thin-storage",
];

/** Kinds that tell a webhook: app/features/alert-webhook/send-alerts.test.ts meets them with a cut between message and commit. */
const tellAWebhook = ["send-alerts", "test-webhook"];
/** Kinds that are not undone, or leave other bytes in place of what was there, and have a test of their own beside their handler. */
const metElsewhere = [
  "back-up-database",
  "convert-images",
  "rehearse-restore",
  "remove-originals",
  "remove-orphaned-thumbnails",
];

test("each kind of work is met by a power cut, or known to change rows only", () => {
  const kinds = [...jobKinds.values()].filter(({ handler }) => !isSetBased(handler)).map((job) => job.definition.kind);
  const unknown = kinds.filter(
    (kind) => !(kind in powerCutCases) && ![...changeRowsOnly, ...tellAWebhook, ...metElsewhere].includes(kind),
  );
  expect(unknown, "does it write to the bucket or ask a model? Then it needs a case in power-cut-cases.ts").toEqual([]);
  expect(kinds).toEqual(
    expect.arrayContaining([...Object.keys(powerCutCases), ...changeRowsOnly, ...tellAWebhook, ...metElsewhere]),
  );
});

const seeds = Array.from({ length: tries(1, 5) }, (_, n) => n + 1);

test.each(Object.keys(powerCutCases).flatMap((kind) => seeds.map((seed) => [kind, seed] as const)))(
  "%s outlives a power cut that takes its last commits, and so does its undo (seed %i)",
  async (kind, seed) => void (await cutTwice(kind, randomOf(seed), "step")),
);
