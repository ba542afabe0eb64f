import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { startTestS3 } from "../../../tests/support/store/s3";
import { PRIVATE_PREFIXES } from "./key-layout";
import { permanentAddress } from "./permanent-address";

const settings = { PUBLIC_ASSET_BASE_URL: "https://images.example.com", PUBLIC_URL: "https://ops.example.com" };
const without = { ...settings, PUBLIC_ASSET_BASE_URL: undefined };
const nfc = "\u00e9";
const nfd = "e\u0301";

describe("with a CDN before the bucket, the address", () => {
  test.each([
    ["mina/cats/hero.png", "mina/cats/hero.png"],
    ["generated/u/2026/11/a b.png", "generated/u/2026/11/a%20b.png"],
    ["mina/a+b.png", "mina/a%2Bb.png"],
    ["mina/a#1.png", "mina/a%231.png"],
    ["mina/what?.png", "mina/what%3F.png"],
    ["mina/100%.png", "mina/100%25.png"],
    ["mina/100%25.png", "mina/100%2525.png"],
    ["mina/a%2Fb.png", "mina/a%252Fb.png"],
    ["mina/a&b=c;d,e:@$.png", "mina/a%26b%3Dc%3Bd%2Ce%3A%40%24.png"],
    ['mina/"<a>\\b|.png', "mina/%22%3Ca%3E%5Cb%7C.png"],
    ["mina/a\nb.png", "mina/a%0Ab.png"],
    ["사진/고양이/hero.png", "%EC%82%AC%EC%A7%84/%EA%B3%A0%EC%96%91%EC%9D%B4/hero.png"],
    [`mina/${nfc}.png`, "mina/%C3%A9.png"],
    [`mina/${nfd}.png`, "mina/e%CC%81.png"],
    ["mina/🙂.png", "mina/%F0%9F%99%82.png"],
    ["mina/.hidden..png", "mina/.hidden..png"],
  ])("of %j is just that key's", (key, path) => {
    expect(permanentAddress(key, settings)).toEqual({
      address: `https://images.example.com/${path}`,
      servedBy: "cdn",
    });
  });

  test("has the path that the CDN has", () => {
    const under = { ...settings, PUBLIC_ASSET_BASE_URL: "https://images.example.com/file/studio" };
    expect(permanentAddress("mina/a.png", under).address).toBe("https://images.example.com/file/studio/mina/a.png");
  });

  test.each(["references/01. Model/front_warm/a.png", "uploads/u-1/2026/11/a.png", "trash/a.png", "thumbnails/a.webp"])(
    "of %s, which is not published, is the console's",
    (key) => {
      expect(permanentAddress(key, settings)).toEqual(permanentAddress(key, without));
      expect(permanentAddress(key, settings).servedBy).toBe("console");
    },
  );

  test.each(["mina/../a.png", "mina/./a.png", "mina//a.png", "/a.png", "..", "mina/\ud800.png"])(
    "of %s, to which no path leads, is the console's",
    (key) => {
      expect(permanentAddress(key, settings)).toEqual({
        address: `https://ops.example.com/image-names?${new URLSearchParams({ name: key })}`,
        servedBy: "console",
      });
    },
  );

  test("is read back by the store as the same key, letter by letter", async () => {
    const { storage, env } = await startTestS3();
    const base = { ...settings, PUBLIC_ASSET_BASE_URL: `${env.AWS_ENDPOINT_URL_S3}/${env.S3_BUCKET}` };
    const keys = ["a b", "a+b", "a%20b", "a%2Fb", "#?&=;,:@$!'()*", '\\|"<>`{}^', "서울", nfc, nfd, "🙂"].map(
      (name) => `mina/${name}.png`,
    );
    for (const key of keys) await storage.put(key, Buffer.from(key), { contentType: "image/png" });
    for (const key of keys) {
      const { pathname } = new URL(permanentAddress(key, base).address);
      const link = new URL(await storage.presignGet(key));
      expect(decodeURIComponent(pathname)).toBe(decodeURIComponent(link.pathname));
      // Signed for the path that the address has: the store finds the object by it.
      expect(await (await fetch(link)).text()).toBe(key);
    }
  });
});

test("without a CDN the console's address says so", () => {
  expect(permanentAddress("mina/a+b.png", without)).toEqual({
    address: "https://ops.example.com/images/mina/a%2Bb.png",
    servedBy: "console",
  });
});

test.each(["mina/original", "mina/Thumbnail", "mina/converted", "1234567890123456/original", "7"])(
  "at the console %s is asked for by name, for its path is another page's",
  (key) => {
    expect(permanentAddress(key, without).address).toBe(
      `https://ops.example.com/image-names?${new URLSearchParams({ name: key })}`,
    );
  },
);

test("terraform/ refuses to CloudFront what no CDN may serve", async () => {
  const text = await readFile("terraform/modules/policies/main.tf", "utf8");
  const list = /private_prefixes = \[([^\]]*)\]/.exec(text)?.[1] ?? "";
  expect(list.match(/[^",\s]+/g)?.toSorted()).toEqual([...PRIVATE_PREFIXES].toSorted());
});

test("the rule of Cloudflare's blocks the same", async () => {
  const text = await readFile("terraform/README.md", "utf8");
  const blocked = [...text.matchAll(/starts_with\(.*?, "\/([^"]+)"\)/g)].map(([, prefix]) => prefix);
  expect(blocked.toSorted()).toEqual([...PRIVATE_PREFIXES].toSorted());
});
