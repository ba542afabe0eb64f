import { describe, expect, test } from "vitest";
import { compareKeys } from "./key-range";
import { type ListAfter, listParallel } from "./list-parallel.server";

const COUNT = 6_000;
const PAGE = 50;
const scatter = (n: number) => (Math.imul(n, 2_654_435_761) >>> 0).toString(16).padStart(8, "0");

/**
 * A listing over these keys, 50 a page, that answers in no particular order as a network does. Deleted keys take up room
 * on a page without being shown, as delete markers do.
 */
function listingOf(keys: string[], isDeleted: (key: string) => boolean = () => false) {
  const sorted = keys.sort(compareKeys);
  const seen = { requests: 0, inFlight: 0, mostInFlight: 0, lastSignal: null as AbortSignal | null };
  const listAfter: ListAfter = async ({ startAfter, token, pageSize = PAGE }, signal) => {
    seen.requests += 1;
    seen.lastSignal = signal;
    seen.mostInFlight = Math.max(seen.mostInFlight, ++seen.inFlight);
    // Turns of the event loop and no milliseconds: the order is the same however busy the machine is.
    for (let turns = 1 + ((seen.requests * 7) % 5); turns > 0; turns--) await new Promise((turn) => setImmediate(turn));
    seen.inFlight -= 1;
    signal.throwIfAborted();
    const behind = token ?? startAfter;
    const at = behind === undefined ? 0 : sorted.findIndex((key) => compareKeys(key, behind) > 0);
    const page = at === -1 ? [] : sorted.slice(at, at + pageSize);
    const objects = page
      .filter((key) => !isDeleted(key))
      .map((key) => ({ key, etag: "e", bytes: 1, modifiedAt: new Date(0), storageClass: null, isArchived: false }));
    return { objects, next: at !== -1 && at + pageSize < sorted.length ? (page.at(-1) ?? null) : null };
  };
  return { listAfter, seen, sorted };
}

async function collect(pages: AsyncGenerator<{ key: string }[]>) {
  const keys: string[] = [];
  for await (const page of pages) keys.push(...page.map((object) => object.key));
  return keys.sort(compareKeys);
}

describe("listParallel", () => {
  test.each<[string, (n: number) => string]>([
    ["a flat prefix of numbers", (n) => `img-${String(n).padStart(9, "0")}.png`],
    ["a flat prefix of hashes", (n) => `${scatter(n)}.webp`],
    ["many folders of a few", (n) => `group ${n % 2_000}/${n}.png`],
    ["folders within folders", (n) => `owner-${n % 50}/2026/${n % 12}/${scatter(n)}.png`],
    ["one deep folder that holds nearly all", (n) => (n % 100 ? `z/y/x/w/${scatter(n)}` : `a/${n}`)],
    ["names beyond ASCII", (n) => `${String.fromCodePoint(0xac00 + (n % 700))}/🙂${n}`],
    ["names that differ in control characters", (n) => `a\u0001${String.fromCodePoint(1 + (n % 30))}${n}`],
  ])("yields %s exactly once each, within few requests more than pages", async (_, name) => {
    const prefix = "below/";
    const { listAfter, seen, sorted } = listingOf(Array.from({ length: COUNT }, (_, n) => prefix + name(n)));
    expect(await collect(listParallel(listAfter, prefix, { concurrency: 8 }))).toEqual(sorted);
    expect(seen.mostInFlight).toBeLessThanOrEqual(8);
    expect(seen.requests).toBeLessThan(3 * (COUNT / PAGE));
  });

  test.each<[string, (n: number) => boolean]>([
    ["at the beginning", (n) => n < 400],
    ["in the middle", (n) => n >= 1_000 && n < 5_000],
    ["at the end", (n) => n >= 5_500],
    ["all over", (n) => n % 500 >= 100],
    ["everywhere", () => true],
  ])("goes on behind pages that hold nothing but delete markers, %s", async (_, isDeleted) => {
    const name = (n: number) => `img-${String(n).padStart(9, "0")}.png`;
    const deleted = new Set(
      Array.from({ length: COUNT }, (_, n) => n)
        .filter(isDeleted)
        .map(name),
    );
    const names = Array.from({ length: COUNT }, (_, n) => name(n));
    const { listAfter, sorted } = listingOf(names, (key) => deleted.has(key));
    const kept = sorted.filter((key) => !deleted.has(key));
    expect(await collect(listParallel(listAfter, "", { concurrency: 8 }))).toEqual(kept);
  });

  test("asks once for what fits into a page", async () => {
    const { listAfter, seen } = listingOf(["a", "b"]);
    expect(await collect(listParallel(listAfter, ""))).toEqual(["a", "b"]);
    expect(seen.requests).toBe(1);
  });

  test.each([
    ["between two keys", "img-000001000.png", "img-000004500.png", 3_500],
    ["up to a key that there is not", null, "img-0000010", 1_000],
    ["after the last", "img-999", null, 0],
    ["of nothing between them", "img-000001000.png", "img-000001000.png5", 0],
  ])("keeps to a range of keys: %s", async (_, after, last, count) => {
    const names = Array.from({ length: COUNT }, (_, n) => `img-${String(n).padStart(9, "0")}.png`);
    const { listAfter, sorted, seen } = listingOf(names);
    const expected = sorted.filter((key) => key > (after ?? "") && key <= (last ?? "~"));
    expect(expected).toHaveLength(count);
    for (const firstPage of [undefined, 10]) {
      expect(await collect(listParallel(listAfter, "img-", { after, last, ...(firstPage && { firstPage }) }))).toEqual(
        expected,
      );
    }
    if (count === 0) expect(seen.requests).toBe(2);
  });

  test("yields nothing of nothing", async () => {
    expect(await collect(listParallel(listingOf([]).listAfter, ""))).toEqual([]);
  });

  test("throws what a request threw, and stops the others", async () => {
    const { listAfter, seen } = listingOf(Array.from({ length: COUNT }, (_, n) => scatter(n)));
    const failing: ListAfter = (from, signal) => {
      if (seen.requests === 20) throw new Error("the store is down");
      return listAfter(from, signal);
    };
    await expect(collect(listParallel(async (...args) => failing(...args), ""))).rejects.toThrow("the store is down");
    expect(seen.lastSignal?.aborted).toBe(true);
  });

  test("stops asking when its reader has seen enough", async () => {
    const { listAfter, seen } = listingOf(Array.from({ length: COUNT }, (_, n) => scatter(n)));
    for await (const page of listParallel(listAfter, "", { concurrency: 4 })) {
      expect(page).toHaveLength(PAGE);
      break;
    }
    expect(seen.lastSignal?.aborted).toBe(true);
    expect(seen.requests).toBeLessThanOrEqual(5);
  });
});
