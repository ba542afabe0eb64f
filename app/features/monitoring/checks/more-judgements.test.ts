import { describe, expect, test } from "vitest";
import type { Judgement } from "~/features/monitoring/check";
import { judgeClock } from "./clock.server";
import { judgeCoverage } from "./coverage.server";
import { judgeDatabase } from "./database.server";
import { judgeDisk } from "./disk.server";
import { groupAudit, judgeGroupAudit } from "./group-audit.server";
import { judgeImages } from "./images.server";
import { judgeModels } from "./models.server";
import { judgeOwners } from "./owners.server";
import { judgeReconcile } from "./reconcile.server";
import { judgeRefusals } from "./refusals.server";
import { judgeWebhook } from "./webhook.server";
import { judgeWorker } from "./worker.server";

const at = new Date("2026-11-29T12:00:00Z");
const minutesAgo = (minutes: number) => at.getTime() - minutes * 60_000;
const DAY = 24 * 60;

const verdictOf = ({ verdict, level }: Judgement) => `${verdict} · ${level}`;
/** What has an alert: “verdict about severity”. */
const alertsOf = ({ troubles }: Judgement) =>
  troubles?.map(({ verdict, about, severity }) => `${verdict} ${about} ${severity}`);

describe("coverage", () => {
  const of = (tone: number, stale = 0) => ({
    attributes: [
      { attribute: "angle", labeled: 500, stale: 0, eligible: 1_000 },
      { attribute: "tone", labeled: tone, stale, eligible: 1_000 },
    ],
  });
  const past = (...tones: number[]) =>
    tones.map((tone, back) => ({ at: new Date(minutesAgo(30 * (back + 1))), reading: of(tone), troubles: [] }));

  test.each([
    ["nothing to compare with", of(500), [], "healthy · ok"],
    ["it grows", of(520), past(510, 500), "healthy · ok"],
    ["nine labels fewer", of(491), past(500), "healthy · ok"],
    ["ten labels fewer, two in a hundred", of(490), past(500), "regressed · warn"],
    ["fewer than yesterday's most", of(490), past(489, 470, 500), "regressed · warn"],
    ["there are none, and no attribute", { attributes: [] }, [], "healthy · ok"],
  ])("%s", (_case, now, earlier, verdict) => {
    expect(verdictOf(judgeCoverage(now, earlier))).toBe(verdict);
  });

  test("is a share of all labels that there could be, and names what is stale", () => {
    expect(judgeCoverage(of(100, 7), [])).toEqual({
      ...{ verdict: "healthy", level: "ok", value: 30 },
      sentence: "600 of 2\u202f000 possible labels, of 2 attributes. 7 labels are stale: the image has changed since.",
    });
    expect(alertsOf(judgeCoverage(of(400), past(500)))).toEqual(["regressed tone warning"]);
  });

  test("calls an attribute by its words", () => {
    const age = (labeled: number) => ({ attributes: [{ attribute: "ageRange", labeled, stale: 0, eligible: 1_000 }] });
    const earlier = [{ at, reading: age(500), troubles: [] }];
    expect(judgeCoverage(age(400), earlier).sentence).toMatch(/^100 of 500 labels of age range are gone or stale/);
  });
});

test.each([
  ["no root was ever audited", [{ name: "Model", asOf: null, findings: 0 }], 0, 0, "old · warn", ["old Model warning"]],
  ["all agree", [{ name: "Model", asOf: minutesAgo(20), findings: 0 }], 0, 0, "healthy · ok", undefined],
  ["warnings only", [{ name: "Model", asOf: minutesAgo(119), findings: 0 }], 3, 0, "healthy · ok", undefined],
  [
    "errors have alerts of their own",
    [{ name: "Model", asOf: minutesAgo(20), findings: 0 }],
    3,
    1,
    "findings · warn",
    [],
  ],
  [
    "one of two is old",
    [
      { name: "Model", asOf: minutesAgo(20), findings: 0 },
      { name: "Pose", asOf: minutesAgo(121), findings: 0 },
    ],
    ...([3, 1, "old · warn", ["old Pose warning"]] as const),
  ],
])("group audit: %s", (_case, roots, findings, errors, verdict, alerts) => {
  const judged = judgeGroupAudit({ roots, findings, errors }, at, { roots, findings, errors });
  expect([verdictOf(judged), alertsOf(judged), judged.value]).toEqual([verdict, alerts, findings]);
});

test("a root that is new is no trouble yet", () => {
  const roots = [{ name: "Model", asOf: null, findings: 0 }];
  const judged = judgeGroupAudit({ roots, findings: 0, errors: 0 }, at, null);
  expect([verdictOf(judged), alertsOf(judged)]).toEqual(["old · warn", []]);
});

test.each([
  [2, []],
  [30, ["old Model warning"]],
])("a root that was measured %i minutes ago for the first time", (minutes, alerts) => {
  const reading = { roots: [{ name: "Model", asOf: null, findings: 0 }], findings: 0, errors: 0 };
  const earlier = [{ at: new Date(minutesAgo(minutes)), reading, troubles: [] }];
  expect(alertsOf(groupAudit.judge(reading, { at, earlier }))).toEqual(alerts);
});

describe("index against bucket", () => {
  const last = { runId: 7, endedAt: minutesAgo(50), failed: 0, objects: 82, new: 3, changed: 0, back: 0, gone: 2 };
  test.each([
    [null, "never listed · warn", null],
    [last, "healthy · ok", 5],
    [{ ...last, endedAt: minutesAgo(181) }, "old · warn", 5],
    [{ ...last, failed: 1 }, "incomplete · warn", 5],
  ])("%o", (found, verdict, value) => {
    const judged = judgeReconcile({ last: found }, at, null);
    expect([verdictOf(judged), judged.value]).toEqual([verdict, value]);
  });
  test("is no trouble of a console that is new", () => {
    expect(alertsOf(judgeReconcile({ last: null }, at, null))).toEqual([]);
    expect(alertsOf(judgeReconcile({ last: null }, at, { last: null }))).toBeUndefined();
  });
  test("says what was found", () => {
    expect(judgeReconcile({ last }, at, null).sentence).toBe("82 objects listed: 3 new and 2 gone.");
    expect(judgeReconcile({ last: { ...last, new: 0, gone: 0 } }, at, null).sentence).toBe(
      "82 objects listed: nothing new.",
    );
  });
});

test.each([
  [0, 0, "healthy · ok", null],
  [49, 40, "healthy · ok", (40 / 49) * 100],
  [50, 4, "healthy · ok", 8],
  [50, 5, "high · warn", 10],
  [100, 30, "very high · bad", 30],
])("%d answers, %d refused", (asked, refused, verdict, value) => {
  const judged = judgeRefusals({ asked, refused });
  expect([verdictOf(judged), judged.value]).toEqual([verdict, value]);
});

test.each([
  ["no end is known", [{ model: "a", ends: null, instead: null }], "healthy · ok", undefined, null],
  ["31 days", [{ model: "a", ends: minutesAgo(-31 * DAY), instead: null }], "healthy · ok", undefined, 31],
  ["30 days", [{ model: "a", ends: minutesAgo(-30 * DAY), instead: "b" }], "ending · warn", ["ending a warning"], 30],
  [
    "one has ended, another will",
    [
      { model: "a", ends: minutesAgo(DAY), instead: "b" },
      { model: "c", ends: minutesAgo(-2 * DAY), instead: null },
    ],
    ...(["ended · bad", ["ended a error", "ending c warning"], 0] as const),
  ],
])("models: %s", (_case, models, verdict, alerts, value) => {
  const judged = judgeModels({ models }, at);
  expect([verdictOf(judged), alertsOf(judged), judged.value]).toEqual([verdict, alerts, value]);
});

test.each([
  [{ diskBytes: 100e9, freeBytes: 40e9 }, "healthy · ok"],
  [{ diskBytes: 2_000e9, freeBytes: 60e9 }, "healthy · ok"],
  [{ diskBytes: 100e9, freeBytes: 9e9 }, "low · warn"],
  [{ diskBytes: 100e9, freeBytes: 1e9 }, "full · bad"],
  [{ diskBytes: 8e9, freeBytes: 0.9e9 }, "full · bad"],
])("a disk of %o", (sizes, verdict) => {
  expect(verdictOf(judgeDisk({ file: "/srv/ops.db", ...sizes }))).toBe(verdict);
});

test("a disk at 99 % says so, and what to do", () => {
  expect(judgeDisk({ file: "/srv/ops.db", diskBytes: 100e9, freeBytes: 1e9 })).toEqual({
    ...{ verdict: "full", level: "bad", value: 99 },
    sentence:
      "1\u202fGB of 100\u202fGB (1\u202f%) are free on the disk of /srv/ops.db. Make room now: once it is full, nothing is saved, and runs stand still until there is room.",
  });
});

test.each([
  [{ bytes: 300e6, logBytes: 64e6, freeBytes: 40e9 }, "healthy · ok"],
  [{ bytes: 300e6, logBytes: 1_100e6, freeBytes: 40e9 }, "long log · warn"],
  [{ bytes: 3e9, logBytes: 64e6, freeBytes: 2e9 }, "no room · bad"],
])("a database of %o", (sizes, verdict) => {
  const judged = judgeDatabase(sizes);
  expect([verdictOf(judged), judged.value]).toEqual([verdict, sizes.bytes + sizes.logBytes]);
});

describe("the clock", () => {
  const ahead = (name: string, aheadSeconds: number) => ({ name, aheadSeconds, withinSeconds: 0.6 });
  test.each([
    ["agrees with both", [ahead("S3", 0.3), ahead("Google", -0.9)], [], "healthy · ok"],
    ["is 4 s off", [ahead("S3", 4), ahead("Google", 4)], [], "healthy · ok"],
    ["is 8 s off", [ahead("S3", 8), ahead("Google", 8)], [], "off · warn"],
    ["is 2 minutes off", [ahead("S3", 120), ahead("Google", 120)], [], "wrong · bad"],
    ["is 2 minutes behind the only one that answers", [ahead("S3", -120)], ["Google"], "wrong · bad"],
    ["agrees with Google; it is S3's that is off", [ahead("S3", 120), ahead("Google", 0)], [], "healthy · ok"],
  ])("%s", (_case, sources, silent, verdict) => {
    expect(verdictOf(judgeClock({ sources, silent }))).toBe(verdict);
  });
  test("says by how much, of whom, and what to do", () => {
    expect(judgeClock({ sources: [ahead("S3", 120)], silent: ["Google"] }).sentence).toBe(
      "The clock is 120\u202fs ahead of S3. Google did not answer. Set it by NTP: timedatectl set-ntp true. Sign-ins and calls are refused by it.",
    );
    expect(judgeClock({ sources: [ahead("S3", 0.2), ahead("Google", -2.2)], silent: [] }).sentence).toBe(
      "The clock is within a second of S3, 2\u202fs behind Google.",
    );
  });
});

test.each([
  ["was never seen", null, undefined, "silent · bad"],
  ["was seen a minute ago", minutesAgo(1), minutesAgo(30), "healthy · ok"],
  ["was seen six minutes ago", minutesAgo(6), minutesAgo(30), "silent · bad"],
  ["came back after a night", minutesAgo(0), minutesAgo(8 * 60), "was away · warn"],
])("a worker that %s", (_case, seenAt, lastAt, verdict) => {
  const last = lastAt === undefined ? undefined : { at: new Date(lastAt) };
  expect(verdictOf(judgeWorker({ seenAt }, at, last))).toBe(verdict);
});

describe("images", () => {
  const of = (images: number, unreadable = 0) => ({
    all: { images, to: "/images" },
    unreadable: { images: unreadable, to: "/images?unreadable=any" },
  });
  test.each([
    ["are counted", of(1_200, 3), [], "healthy · ok", "1\u202f200 images, 3 of them cannot be decoded."],
    ["may become a few less", of(951), [of(1_000)], "healthy · ok", "951 images."],
    ["of few, nine may go", of(1), [of(10)], "healthy · ok", "1 image."],
    [
      "are fewer than within the day",
      of(950),
      [of(960), of(1_000), of(940)],
      "fewer · warn",
      "50 of 1\u202f000 images are gone from the bucket within a day. The page Images shows them with the filter “no longer in the bucket”; trash/ may still have them.",
    ],
  ])("%s", (_case, now, before, verdict, sentence) => {
    const earlier = before.map((reading, n) => ({ at: new Date(minutesAgo(30 * (n + 1))), reading, troubles: [] }));
    const judged = judgeImages(now, earlier);
    expect([verdictOf(judged), judged.sentence, judged.value]).toEqual([verdict, sentence, now.all.images]);
  });
});

test("images without an owner are told, and are no alarm", () => {
  expect(judgeOwners({ images: 40, unowned: 10 })).toEqual({
    ...{ verdict: "to assign", level: "ok", value: 10 },
    sentence: "10 of 40 images belong to no owner, 25\u202f%.",
  });
  expect(judgeOwners({ images: 40, unowned: 0 })).toMatchObject({ verdict: "all assigned", level: "ok", value: 0 });
});

describe("the webhook", () => {
  const well = {
    ...{ host: "hooks.example", deliveredAt: minutesAgo(3), failingSince: null, problem: null, due: 0 },
    pausedRunId: null,
  };
  const problem = "hooks.example answered 503.";
  test.each([
    ["none is set up", null, "none · ok", /^None is set up/],
    ["it was told nothing yet", { ...well, deliveredAt: null }, "healthy · ok", /^Nothing was sent yet\.$/],
    ["all is sent", well, "healthy · ok", /^hooks\.example took the last message on 29 Nov 2026, 11:57:00 UTC\.$/],
    [
      "it fails for nine minutes",
      { ...well, failingSince: minutesAgo(9), problem, due: 1 },
      "healthy · ok",
      /1 alert waits/,
    ],
    [
      "it fails for ten",
      { ...well, failingSince: minutesAgo(10), problem, due: 2 },
      "failing · bad",
      /^No message was taken for 10\u202fmin 0\u202fs: hooks\.example answered 503\. 2 alerts wait to be sent\. It is tried again/,
    ],
    [
      "it is paused",
      { ...well, pausedRunId: 12, due: 2 },
      "paused · warn",
      /^Sending to hooks\.example is paused by run 12\./,
    ],
  ])("%s", (_case, found, verdict, sentence) => {
    const judgement = judgeWebhook(found, at);
    expect(verdictOf(judgement)).toBe(verdict);
    expect(judgement.sentence).toMatch(sentence);
  });
});
