import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { startTestS3 } from "../../tests/support/store/s3";
import { look } from "./gemini/look";
import { drawSamples, seedBucket } from "./sample-images";

async function collect() {
  const samples = [];
  for await (const sample of drawSamples()) samples.push(sample);
  return samples;
}
const samples = await collect();
const root = "references/01. Model/";
const sum = (list: { key: string; body: Buffer }[]) =>
  list.map(({ key, body }) => `${key} ${createHash("sha256").update(body).digest("hex")}`);
const pictures = samples.filter(({ contentType }) => contentType.startsWith("image/"));
/** What the local Gemini sees on each picture; null where it sees nothing, because the bytes are damaged. */
const looks = await Promise.all(
  pictures.map(async ({ key, body }) => ({
    key,
    seen: await look(body).then(
      ({ values }) => values,
      () => null,
    ),
  })),
);

test("draws the same bytes each time, no picture twice", async () => {
  expect(sum(await collect())).toEqual(sum(samples));
  expect(pictures).toHaveLength(62);
  expect(new Set(pictures.map(({ body }) => createHash("sha256").update(body).digest("hex"))).size).toBe(62);
});

test("angle and tone can be read back from every picture as its folder stands for, but where it is to disagree", () => {
  const disagreeing = new Set<string>();
  for (const { key, seen } of looks) {
    const [, folder = "", angle, tone] = key.match(/^references\/01\. Model\/(([^/]+)_([^/_]+))\//) ?? [];
    if (!folder || !seen) continue;
    expect([key, seen.tone]).toEqual([key, tone]);
    if (seen.angle !== angle) disagreeing.add(folder);
  }
  expect([...disagreeing]).toEqual(["profile_warm"]);
});

test("people of every age range are seen", () => {
  const counts = new Map<string, number>();
  for (const { ageRange = "" } of looks.flatMap(({ seen }) => (seen ? [seen] : []))) {
    counts.set(ageRange, (counts.get(ageRange) ?? 0) + 1);
  }
  expect([...counts.keys()].toSorted()).toEqual(["20s", "30s", "40s", "50s", "60s", "70+"]);
  for (const count of counts.values()) expect(count).toBeGreaterThan(6);
});

test("holds each fault that an audit is to find", () => {
  const keys = samples.map(({ key }) => key);
  const folders = new Set(keys.map((key) => key.match(/^references\/01\. Model\/([^/]+)\//)?.[1]).filter(Boolean));
  expect(folders.has("three-quarter_neutral")).toBe(false);
  expect(keys.filter((key) => key.startsWith(`${root}back_cool/`))).toEqual([`${root}back_cool/`]);
  expect(keys.filter((key) => key.startsWith(`${root}three-quarter_cool/reference.`))).toHaveLength(2);
  expect(folders.has("side view??")).toBe(true);
  expect(keys).toContain(`${root}IMG_2041.jpg`);
  expect(samples.filter(({ contentType }) => contentType === "text/plain")).toHaveLength(1);
  expect(looks.filter(({ seen }) => !seen).map(({ key }) => key)).toEqual([`${root}back_neutral/05.jpg`]);
});

test("fills a bucket once, and again only where it was changed", async () => {
  const { storage, requests } = await startTestS3();
  expect(await seedBucket(storage)).toEqual({ uploaded: 64, present: 0 });
  requests.reset();
  expect(await seedBucket(storage)).toEqual({ uploaded: 0, present: 64 });
  expect(requests.byOperation()).toEqual({ HeadObject: 64 });

  await storage.delete(`${root}front_warm/02.jpg`);
  await storage.put("uploads/IMG_5531.jpg", Buffer.from("other"), { contentType: "image/jpeg" });
  expect(await seedBucket(storage)).toEqual({ uploaded: 2, present: 62 });
});
