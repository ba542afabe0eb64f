import { once } from "node:events";
import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { createStorage } from "~/ports/storage.server";

const origin = "https://ops.example.com";
const admitting = { "Access-Control-Allow-Origin": origin, "Access-Control-Allow-Methods": "GET, PUT" };

/** A store that says just this to whatever it is asked. */
async function open(status: number, headers: Record<string, string> = {}) {
  const server = createServer((_, response) => {
    response.writeHead(status, headers).end(status === 204 ? undefined : "<Error/>");
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const address = server.address();
  return createStorage({
    S3_BUCKET: "studio",
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "key",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`,
    S3_FORCE_PATH_STYLE: true,
  });
}

test.each<[number, Record<string, string>, boolean]>([
  [200, admitting, true],
  [204, admitting, true],
  [204, { ...admitting, "Access-Control-Allow-Origin": "*" }, true],
  [204, { ...admitting, "Access-Control-Allow-Origin": "https://else.example.com" }, false],
  [204, { ...admitting, "Access-Control-Allow-Methods": "GET" }, false],
  [403, {}, false],
  [501, {}, false],
])("a store that answers %s with %j admits pages: %s", async (status, headers, admits) => {
  expect(await (await open(status, headers)).admitsPages(origin)).toBe(admits);
});

test.each([
  [301, "invalid", "the store answered 301, which leads elsewhere"],
  [307, "invalid", "the store answered 307, which leads elsewhere"],
  [500, "unavailable", "the store answered 500. It is overloaded or down"],
  [503, "unavailable", "the store answered 503. It is overloaded or down"],
])("an answer of %s is no word on pages", async (status, code, reason) => {
  const storage = await open(status, { Location: "http://127.0.0.1:1/" });
  await expect(storage.admitsPages(origin)).rejects.toMatchObject({ code, message: expect.stringContaining(reason) });
});
