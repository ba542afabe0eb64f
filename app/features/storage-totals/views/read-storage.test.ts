import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { indexImages } from "~/features/images/index/index-images";
import { runChecks } from "~/features/monitoring/run-checks/run-checks";
import { setQuota } from "~/features/owners/quota/set-quota.server";
import { snapshotStorage } from "~/features/storage-totals/count/snapshot-storage";
import { openTestFolder } from "../../../../tests/support/folder";
import { openWorld } from "../../../../tests/support/world/world";
import { exportTotals } from "./export-storage.server";
import { readStorage } from "./read-storage.server";
import { describeCost, tilesOf } from "./storage-view";

const actor = { id: "operator:1", name: "Jun Park" };
const objects = {
  "generated/u-1/2026/11/a.png": "a picture",
  "mina/cats/hero.webp": "hero",
  "mina/cats/supporting/0a1b2c3d.jpg": "supporting",
  "notes.txt": "text",
  "thumbnails/ab/ab.webp": "thumb",
};

async function open() {
  const world = await openWorld();
  await world.put(objects);
  await world.carryOut(indexImages, { prefix: "" });
  await world.carryOut(snapshotStorage, { versions: false });
  return world;
}

/** As on the real Backblaze B2, whose prices are listed. */
const onB2 = "https://s3.us-west-004.backblazeb2.com";

test("each total has its list and what it costs a month; owners are cut into their articles", async () => {
  const { ports, db } = await open();
  await db.owner.update({ where: { id: "mina" }, data: { name: "Mina Sato" } });
  const storage = await readStorage({ ...ports, storage: { bucket: ports.storage.bucket, endpoint: onB2 } });
  const { snapshot } = storage;
  expect(storage).toMatchObject({
    isStale: false,
    isRunning: false,
    failure: null,
    hidden: null,
    added: null,
    price: { store: "Backblaze B2" },
  });
  expect(snapshot).toMatchObject({ objects: 5, bytes: 32, articles: { images: 2, bytes: 14, secondsAnImage: null } });
  expect(snapshot?.usd).toBeCloseTo((32 * 0.00695) / 1e9, 15);
  const listed = (dimension: "kind" | "owner" | "format" | "article") =>
    snapshot?.totals[dimension].rows.map(({ label, to, bytes }) => [label, to, bytes]);
  expect(listed("owner")).toEqual([
    ["Mina Sato", "/images?owner=mina", 14],
    ["u-1", "/images?owner=u-1", 9],
    ["No owner", "/images?unowned=yes", 4],
  ]);
  expect(listed("article")).toEqual([["mina/cats", "/images?prefix=mina%2Fcats%2F&owner=mina", 14]]);
  expect(listed("kind")).toContainEqual(["Thumbnails", "/storage/thumbnails", 5]);
  expect(listed("format")).toContainEqual(["TXT", null, 4]);
  const { owner, article } = snapshot?.totals ?? {};
  expect(tilesOf(owner?.rows ?? [], article?.rows ?? [])).toMatchObject([
    { label: "Mina Sato", parts: [{ label: "mina/cats", bytes: 14, rest: false }] },
    { label: "u-1", parts: [{ label: "Everything else", bytes: 9, rest: true }] },
    { label: "No owner", parts: [{ bytes: 4 }] },
  ]);
});

test("where no price is listed, there is none", async () => {
  const { ports } = await open();
  const { price, snapshot } = await readStorage(ports);
  expect(price).toBeNull();
  expect([snapshot?.usd, snapshot?.totals.owner.rows[0]?.usd]).toEqual([null, null]);
});

test("a file of prices that cannot be used takes the costs away, says so, and leaves all else", async () => {
  const { ports } = await open();
  const file = join(openTestFolder(), "prices.json");
  await writeFile(file, "{");
  const settings = { ...ports.settings, STORAGE_PRICES_FILE: file };
  const storage = await readStorage({ ...ports, settings });
  expect(storage).toMatchObject({ price: null, cost: null, snapshot: { objects: 5, bytes: 32, usd: null } });
  expect(storage.priceProblem).toMatch(/prices\.json is not JSON: .+\. No cost is shown until that file is mended/);
});

test("the cost says whether hidden versions are in it", async () => {
  const { ports, db } = await open();
  const onPrices = { ...ports, storage: { bucket: ports.storage.bucket, endpoint: onB2 } };
  const costs = async () => (await readStorage(onPrices)).cost;
  await db.storageSnapshot.updateMany({ data: { bytes: 0n } });
  await db.storageTotal.updateMany({ where: { dimension: "class" }, data: { bytes: 1_000_000_000_000n } });
  expect(await costs()).toBe("$6.95 a month without hidden versions");
  const hidden = { dimension: "hidden", name: "", ownerId: "", storageClass: "STANDARD", objects: 2 };
  const takenAt = new Date("2026-11-12T03:00:00Z");
  await db.storageSnapshot.create({
    data: {
      ...{ id: 0, takenAt, finishedAt: takenAt, hiddenObjects: 2, hiddenBytes: 200_000_000_000n },
      totals: { create: [{ ...hidden, bytes: 200_000_000_000n }] },
    },
  });
  expect(await costs()).toBe("$8.34 a month with the hidden versions of 12 Nov 2026");
});

test.each([
  ["a price that is not known", { usd: null, hidden: null, keepsVersions: true }, null],
  ["a store that keeps no versions", { usd: 5, hidden: null, keepsVersions: false }, "$5.00 a month"],
  [
    "hidden versions of a class that has no price",
    { usd: 5, hidden: { takenAt: new Date(0), usd: null }, keepsVersions: true },
    "$5.00 a month without hidden versions",
  ],
])("the cost with %s", (_case, cost, words) => {
  expect(describeCost(cost)).toBe(words);
});

test("the seconds that an image takes count no pause", async () => {
  const { ports, db } = await open();
  const at = (ms: number) => new Date(1_000_000 + ms);
  const common = { kind: "ingest-images", title: "Ingest", lane: 1, status: "succeeded", payload: "{}" };
  const run = await db.jobRun.create({
    data: { ...common, actor: "script:test", actorName: "test", createdAt: at(0) },
  });
  // Each lease of a chunk has the next token: the second one was let go for a pause of a day, and taken up again.
  const chunk = (seq: number, token: number, ms: number) => ({
    ...{ runId: run.id, seq, firstSeq: seq * 10, lastSeq: seq * 10 + 9, status: "finished", succeeded: 10 },
    ...{ token, startedAt: at(0), finishedAt: at(ms) },
  });
  await db.jobChunk.createMany({ data: [chunk(0, 1, 1_500), chunk(1, 2, 86_400_000)] });
  const secondsAnImage = async () => (await readStorage(ports)).snapshot?.articles.secondsAnImage;
  expect(await secondsAnImage()).toBe(0.15);
  await db.jobChunk.updateMany({ data: { token: 2 } });
  expect(await secondsAnImage()).toBeNull();
});

test("growth goes back to the snapshot of 30 days ago, and a snapshot that is old is told", async () => {
  const { ports, db } = await open();
  const day = (days: number) => new Date(ports.clock.now().getTime() - days * 24 * 60 * 60_000);
  await db.storageSnapshot.deleteMany();
  for (const [days, bytes] of [
    [80, 1n],
    [31, 5n],
    [20, 7n],
    [2, 105n],
  ] as const) {
    await db.storageSnapshot.create({ data: { takenAt: day(days), finishedAt: day(days), bytes } });
  }
  const storage = await readStorage(ports);
  expect(storage).toMatchObject({ isStale: true, added: { bytes: 100, days: 29 } });
  expect(storage.growth.points.map(({ value }) => value)).toEqual([1, 5, 7, 105]);
});

test("before the first snapshot, and where it failed, the page knows why there is nothing", async () => {
  const world = await openWorld();
  expect(await readStorage(world.ports)).toMatchObject({ snapshot: null, failure: null, growth: { points: [] } });
  world.setFaults([{ status: 403, code: "AccessDenied" }]);
  const { id } = await world.carryOut(snapshotStorage, { versions: false });
  const { snapshot, failure } = await readStorage(world.ports);
  expect(snapshot).toBeNull();
  expect(failure).toMatchObject({ runId: id, sentence: expect.stringContaining("AccessDenied") });
});

test("an export has every value, page after page, by name", async () => {
  const { ports, db } = await open();
  const { id } = await db.storageSnapshot.findFirstOrThrow();
  await db.storageTotal.createMany({
    data: Array.from({ length: 2_100 }, (_, n) => ({
      ...{ snapshotId: id, dimension: "article", name: `u-1/topic-${String(n).padStart(4, "0")}` },
      ...{ ownerId: n % 2 === 0 ? "u-1" : "", storageClass: "", objects: 1, bytes: BigInt(n) },
    })),
  });
  const names: string[] = [];
  for await (const page of exportTotals(ports, "article")) names.push(...page.map(({ name }) => name));
  expect(names).toHaveLength(2_101);
  expect(names).toEqual(names.toSorted());
  expect(new Set(names).size).toBe(2_101);
});

test("an owner above its quota has an alert until it is raised", async () => {
  const world = await open();
  const { ports, db } = world;
  const openAlerts = async () => {
    await world.carryOut(runChecks, { checks: ["owner-quotas", "storage"] });
    const alerts = await db.alert.findMany({ where: { closedAt: null }, select: { subject: true, sentence: true } });
    return alerts.map(({ subject }) => subject);
  };
  expect(await openAlerts()).toEqual([]);
  await setQuota(ports, { id: "mina", gigabytes: "", images: "1", actor });
  expect(await openAlerts()).toEqual(["mina"]);
  await setQuota(ports, { id: "mina", gigabytes: "", images: "2", actor });
  expect(await openAlerts()).toEqual([]);
});
