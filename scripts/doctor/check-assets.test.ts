import { once } from "node:events";
import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { openTestDb } from "../../tests/support/db";
import { startTestS3 } from "../../tests/support/store/s3";
import { checkAssets } from "./check-assets";

type Answer = { status: number; headers?: Record<string, string>; body?: Buffer };

const published = "mina/a+b 100%/é.png";
const hidden = "uploads/u-1/2026/11/a.png";

/** A bucket with a CDN before it, which reads it with rights of its own, and answers first what `answers` holds. */
async function open(keys = ["mina/first.png", published, hidden, "mina/../newest.png"]) {
  const db = await openTestDb();
  const { storage } = await startTestS3();
  const at = new Date(0);
  for (const key of keys) {
    const { etag } = await storage.put(key, Buffer.from(key), { contentType: "image/png" });
    await db.image.create({ data: { key, etag, bytes: 9, kind: "other", modifiedAt: at, createdAt: at } });
  }
  const answers: Answer[] = [];
  const asked: string[] = [];
  const served = { all: false };
  const server = createServer(async (request, response) => {
    const key = decodeURIComponent((request.url ?? "").replace("/pictures/", ""));
    asked.push(key);
    const given = answers.shift();
    if (given) response.writeHead(given.status, given.headers).end(given.body);
    else if (!key.startsWith("mina/") && !served.all) response.writeHead(403).end("AccessDenied");
    else {
      const { head, body } = await storage.get(key);
      response.writeHead(200, { ETag: `"${head.etag}"`, "Content-Length": body.length }).end(body);
    }
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const address = server.address();
  const host = `127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  const check = (base: string | undefined = `http://${host}/pictures`) => {
    const settings = { PUBLIC_ASSET_BASE_URL: base, PUBLIC_URL: "", GOOGLE_ISSUER: "", MONTHLY_BUDGET_USD: undefined };
    return checkAssets({ db, storage, settings });
  };
  return { host, answers, asked, served, server, storage, check };
}

test("a CDN is asked for the newest image that is published, and for one that is not", async () => {
  const { asked, check, served } = await open();
  expect(await check()).toMatchObject({
    tone: "good",
    does: `Shows “${published}” as it is in the bucket`,
    todo: null,
  });
  expect(asked).toEqual([published, hidden]);
  served.all = true;
  expect(await check()).toMatchObject({
    ...{ tone: "bad", does: `Shows “${hidden}” to everyone` },
    todo: expect.stringContaining("references/"),
  });
});

test.each<[string, Answer, RegExp, RegExp]>([
  ["refuses it", { status: 403 }, /with status 403$/, /Let the CDN read the bucket/],
  ["does not know it", { status: 404 }, /with status 404$/, /the path of PUBLIC_ASSET_BASE_URL/],
  [
    "leads elsewhere",
    { status: 301, headers: { Location: "https://x.example/a?X-Amz-Signature=0" } },
    /301, to https:..x.example.a$/,
    /Set PUBLIC/,
  ],
  ["is down", { status: 502 }, /with status 502$/, /Look at the CDN/],
  ["shows another picture", { status: 200, body: Buffer.from("another") }, /other bytes/, /convert or shrink no/],
  ["shows far more", { status: 200, body: Buffer.alloc(2_000_000) }, /other bytes/, /convert or shrink no/],
])("a CDN that %s is told with what to mend", async (_, answer, does, todo) => {
  const { answers, check } = await open();
  answers.push(answer);
  const line = { tone: "bad", does: expect.stringMatching(does), todo: expect.stringMatching(todo) };
  expect(await check()).toMatchObject(line);
});

test("a CDN without TLS, and one that is not there, are told apart", async () => {
  const { check, host, server } = await open();
  const isTls = expect.stringContaining("Speaks no TLS that browsers trust");
  expect(await check(`https://${host}`)).toMatchObject({ tone: "bad", does: isTls });
  server.close();
  server.closeAllConnections();
  expect(await check()).toMatchObject({ tone: "bad", does: expect.stringContaining("ECONNREFUSED") });
});

test("of each private prefix one object is asked for, also where nothing is published", async () => {
  const keys = [
    "references/01. Model/a.png",
    "references/01. Model/b.png",
    "references/../a.png",
    "trash/a.png",
    hidden,
  ];
  const { asked, check, served, storage } = await open(keys);
  await storage.put("backups/ops.db", Buffer.alloc(2_000_000, 1), { contentType: "application/octet-stream" });
  expect(await check()).toMatchObject({ tone: "info", does: expect.stringContaining("There is no image to fetch") });
  const first = ["backups/ops.db", "references/01. Model/a.png", "trash/a.png", hidden];
  expect(asked.toSorted()).toEqual(first);
  served.all = true;
  const does = `Shows ${first.map((key) => `“${key}”`).join(", ")} to everyone`;
  expect(await check()).toMatchObject({ tone: "bad", does });
});

test.each<[string, Answer]>([
  ["a page that refuses", { status: 200, body: Buffer.from("no") }],
  ["as many other bytes", { status: 200, body: Buffer.alloc(hidden.length) }],
  ["far more", { status: 200, headers: { "Content-Length": "2000000" }, body: Buffer.alloc(2_000_000) }],
])("a CDN that sends %s instead of what is private does not show it", async (_, answer) => {
  const { answers, check } = await open([hidden]);
  answers.push(answer);
  expect(await check()).toMatchObject({ tone: "info" });
});

test("nothing is asked where no path leads to what there is", async () => {
  const { asked, check } = await open(["uploads//a.png", "mina/../a.png"]);
  expect(await check()).toMatchObject({ tone: "info", does: expect.stringContaining("There is no image to fetch") });
  expect(asked).toEqual([]);
});
