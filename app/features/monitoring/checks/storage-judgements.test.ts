import { expect, test } from "vitest";
import type { Judgement } from "~/features/monitoring/check";
import { judgeOwnerQuotas } from "./owner-quotas.server";
import { judgeStorage } from "./storage.server";

const at = new Date("2026-11-29T12:00:00Z");
const HOUR_MS = 3_600_000;
const hoursAgo = (hours: number) => at.getTime() - hours * HOUR_MS;
const verdictOf = ({ verdict, level, troubles }: Judgement) =>
  `${verdict} · ${level}${troubles ? ` · ${troubles.length} alerts` : ""}`;

const snapshot = (hours: number) => ({ takenAt: hoursAgo(hours), objects: 1_200, bytes: 3_400_000 });

test.each([
  ["taken last night", { snapshot: snapshot(9), failure: null, dueSince: null }, "counted · ok"],
  ["taken the night before", { snapshot: snapshot(37), failure: null, dueSince: null }, "old · warn"],
  ["failed since", { snapshot: snapshot(9), failure: "S3 refused.", dueSince: null }, "failed · warn"],
  ["a first day", { snapshot: null, failure: null, dueSince: null }, "never counted · ok · 0 alerts"],
  ["a second day", { snapshot: null, failure: null, dueSince: hoursAgo(37) }, "never counted · warn"],
])("a snapshot of the bucket: %s", (_, reading, verdict) => {
  expect(verdictOf(judgeStorage(reading, at))).toBe(verdict);
});

test("a storage check says what there is, or why it is not known", () => {
  const counted = judgeStorage({ snapshot: snapshot(9), failure: null, dueSince: null }, at);
  expect(counted).toMatchObject({
    sentence: "1\u202f200 objects, 3.4\u202fMB on 29 Nov 2026, 03:00:00 UTC.",
    value: 3_400_000,
  });
  expect(judgeStorage({ snapshot: null, failure: "S3 refused.", dueSince: null }, at).sentence).toBe(
    "The last snapshot of the bucket failed: S3 refused.",
  );
});

test("owners above their quota have an alert each", () => {
  const over = (ownerId: string) => ({
    ...{ ownerId, name: `Owner ${ownerId}`, held: { bytes: 3_000_000_000, images: 12 } },
    quota: { bytes: 2_000_000_000, images: null },
  });
  expect(judgeOwnerQuotas({ quotas: 0, exceeded: 0, owners: [] }).sentence).toBe("No owner has a quota.");
  expect(judgeOwnerQuotas({ quotas: 3, exceeded: 0, owners: [] })).toMatchObject({ verdict: "within", level: "ok" });
  const judged = judgeOwnerQuotas({ quotas: 3, exceeded: 2, owners: [over("u-1"), over("u-2")] });
  expect(judged).toMatchObject({ verdict: "exceeded", level: "warn", value: 2 });
  expect(judged.sentence).toBe("Of 3 owners with a quota 2 are above it.");
  expect(judged.troubles).toMatchObject([
    {
      about: "u-1",
      sentence:
        "“Owner u-1” has 3\u202fGB in 12 images, and a quota of 2\u202fGB. Raise it on the page Owners, or make room.",
      link: "/images?owner=u-1",
    },
    { about: "u-2" },
  ]);
});
