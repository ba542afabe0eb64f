import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openTestFolder } from "../../../tests/support/folder";
import { findStoragePrice, loadStoragePrices } from "./load-storage-prices.server";
import { monthlyUsd, priceAt } from "./storage-prices";

const stores = await loadStoragePrices(undefined);
const november = new Date("2026-11-30T12:00:00Z");
const TB = 1_000_000_000_000;

test.each([
  ["AWS S3, eu-central-1", "AWS S3"],
  ["https://s3.eu-central-1.amazonaws.com", "AWS S3"],
  ["https://s3.us-west-004.backblazeb2.com", "Backblaze B2"],
  ["https://0123.r2.cloudflarestorage.com", "Cloudflare R2"],
  ["https://s3.eu-central-1.wasabisys.com", "Wasabi"],
  ["http://ceph.internal:7480", undefined],
  ["http://127.0.0.1:9000", undefined],
])("what is kept at %s is priced by %s", (endpoint, name) => {
  expect(priceAt(stores, endpoint, november)?.store).toBe(name);
});

test("a terabyte a month, by storage class, in the gigabytes of the store", () => {
  const usd = (endpoint: string, at: Date, ...held: [string, number][]) =>
    monthlyUsd(priceAt(stores, endpoint, at), held)?.toFixed(2);
  expect(usd("https://s3.us-west-004.backblazeb2.com", november, ["STANDARD", TB])).toBe("6.95");
  expect(usd("https://s3.us-west-004.backblazeb2.com", new Date("2026-05-01"), ["STANDARD", TB])).toBe("6.00");
  expect(usd("AWS S3, us-east-1", november, ["STANDARD", 1024 ** 4])).toBe("23.55");
  expect(usd("AWS S3, us-east-1", november, ["STANDARD", 1024 ** 4], ["DEEP_ARCHIVE", 1024 ** 4])).toBe("24.57");
  expect(usd("AWS S3, us-east-1", november)).toBe("0.00");
});

test("a price that is not known is none, never 0", () => {
  const ceph = priceAt(stores, "http://ceph.internal:7480", november);
  expect(monthlyUsd(ceph, [["STANDARD", TB]])).toBeNull();
  expect(monthlyUsd(ceph, [])).toBeNull();
  const aws = priceAt(stores, "AWS S3, us-east-1", november);
  expect(monthlyUsd(aws, [["SNOW", 1]])).toBeNull();
  expect(priceAt(stores, "AWS S3, us-east-1", new Date("2020-01-01"))).toBeNull();
});

test("a file of one's own comes first, and says what is wrong with it", async () => {
  const folder = openTestFolder();
  const file = join(folder, "storage.json");
  const own = (prices: object[]) =>
    writeFile(
      file,
      JSON.stringify({
        asOf: "2026-11-30",
        stores: [{ name: "Our Ceph", endpoints: ["ceph.internal"], note: null, prices }],
      }),
    );
  const price = { from: "2026-01-01", gigabyte: 1_000_000_000, usdPerMonth: { STANDARD: 0.002 }, source: "finance" };
  await own([price]);
  expect(priceAt(await loadStoragePrices(file), "http://ceph.internal:7480", november)).toMatchObject({
    store: "Our Ceph",
    source: "finance",
  });
  await own([price, price]);
  await expect(loadStoragePrices(file)).rejects.toThrow(
    "stores.0.prices.1.from: must be later than the price before it",
  );
});

test("every listed price says where and when it was read, and warns where that was not at the store itself", () => {
  const told = stores.flatMap(({ name, prices }) => prices.map(({ source, caution }) => ({ name, source, caution })));
  for (const { source } of told) expect(source).toMatch(/\b20\d\d\b/);
  const own = told.filter(({ caution }) => caution === undefined);
  expect(own.map(({ name, source }) => [name, source.split("/").slice(0, 2).join("/")])).toEqual([
    ["Cloudflare R2", "github.com/cloudflare"],
  ]);
  expect(priceAt(stores, "https://s3.eu-central-1.wasabisys.com", november)?.caution).toContain("2 to 10 % too high");
});

test("where a file cannot be used there is no price, and a sentence with the file and what to do", async () => {
  const file = join(openTestFolder(), "prices.json");
  const find = () => findStoragePrice(file, { endpoint: "https://s3.us-west-004.backblazeb2.com", at: november });
  const todo = "No cost is shown until that file is mended; it is read again at each look.";
  expect(await find()).toEqual({
    price: null,
    problem: `${file} cannot be read; run from the project's root. ${todo}`,
  });
  await writeFile(
    file,
    '{"asOf": "2026-11-30", "stores": [{"name": "", "endpoints": ["ceph"], "note": null, "prices": 1}]}',
  );
  const { price, problem } = await find();
  expect(price).toBeNull();
  expect(problem).toMatch(
    /^.*prices\.json is not usable: stores\.0\.name: [^\n]+; stores\.0\.prices: [^\n]+\. No cost is shown/,
  );
});
