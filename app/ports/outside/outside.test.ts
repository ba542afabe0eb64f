import type { RequestListener } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { image, maxBytes, serve, watchLoopback } from "../../../tests/support/outside-world";

test("an image is read, by a request that tells nothing of who asks", async () => {
  const asked: unknown[] = [];
  const { host, read } = await serve(({ method, url, rawHeaders }, response) => {
    asked.push({ method, url, rawHeaders });
    response.setHeader("Set-Cookie", "a=b").setHeader("Content-Type", "image/png").end(image);
  });
  expect(await read()).toEqual({ ok: true, body: image, contentType: "image/png" });
  await read("/");
  const agent = ["User-Agent", "diffs-ops", "Accept", "image/*", "Accept-Encoding", "identity"];
  const rawHeaders = [...agent, "Host", host, "Connection", "close"];
  expect(asked).toEqual([
    { method: "GET", url: "/images/a.png?signature=keep-this", rawHeaders },
    { method: "GET", url: "/", rawHeaders },
  ]);
});

test.each<[string, RequestListener, Buffer]>([
  [
    "without a length",
    (_, response) => void response.write(image.subarray(0, 5), () => response.end(image.subarray(5))),
    image,
  ],
  ["of many pieces", (_, response) => void response.end(Buffer.alloc(900_000, "a")), Buffer.alloc(900_000, "a")],
  ["of nothing", (_, response) => void response.end(), Buffer.alloc(0)],
  ["said to be unpacked", (_, response) => void response.setHeader("Content-Encoding", "Identity").end(image), image],
  [
    "of as many bytes as are allowed",
    (_, response) => void response.end(Buffer.alloc(maxBytes)),
    Buffer.alloc(maxBytes),
  ],
])("a body %s is read", async (_what, answer, body) => {
  const { read } = await serve(answer);
  const answered = await read();
  expect(answered).toMatchObject({ ok: true, contentType: null });
  expect(answered.ok && answered.body.equals(body)).toBe(true);
});

test.each([301, 302, 303, 307, 308])("a redirect by %i is followed, five times", async (status) => {
  const paths: (string | undefined)[] = [];
  const { read } = await serve(({ url }, response) => {
    paths.push(url);
    if (paths.length > 5) response.end(image);
    else response.writeHead(status, { Location: `${paths.length}.png` }).end("Moved");
  });
  expect(await read("/a/0.png")).toEqual({ ok: true, body: image, contentType: null });
  expect(paths).toEqual(["/a/0.png", "/a/1.png", "/a/2.png", "/a/3.png", "/a/4.png", "/a/5.png"]);
});

test.each<[string, (count: number) => string]>([
  ["30 times", (count) => (count < 30 ? `/${count}.png` : "/end.png")],
  ["in a circle", (count) => (count % 2 ? "/b.png" : "/a.png")],
  ["to itself", () => "/images/a.png"],
])("what redirects %s is left after five", async (_what, next) => {
  let count = 0;
  const { host, read } = await serve((_, response) => void response.writeHead(302, { Location: next(++count) }).end());
  expect(await read()).toEqual({
    ok: false,
    errorClass: "too-many-redirects",
    error: `“${host}/images/a.png” redirects more than 5 times. Use the address that it leads to in a browser.`,
    retryable: false,
  });
  expect(count).toBe(6);
});

const TRY_LATER = "Try again later.";
test.each<[number, Record<string, string>, Record<string, unknown>]>([
  [
    401,
    {},
    { errorClass: "refused", error: expect.stringContaining("does not give this image to us. Use an address that") },
  ],
  [
    403,
    {},
    { errorClass: "refused", error: expect.stringContaining("“HOST/images/a.png” answered 403: it does not give") },
  ],
  [
    404,
    {},
    {
      errorClass: "not-found",
      error: "“HOST/images/a.png” answered 404: there is no such image. Look at the address.",
    },
  ],
  [410, {}, { errorClass: "not-found" }],
  [418, {}, { errorClass: "refused", error: expect.stringContaining("answered 418 instead of an image.") }],
  [204, {}, { errorClass: "refused" }],
  [206, { "content-range": "bytes 0-3/9" }, { errorClass: "refused" }],
  [302, {}, { errorClass: "refused", error: expect.stringContaining("answered 302 instead of an image.") }],
  [304, { location: "/b.png" }, { errorClass: "refused" }],
  [429, {}, { errorClass: "unavailable", retryable: true }],
  [429, { "retry-after": "30" }, { errorClass: "unavailable", retryable: true, retryAfterMs: 30_000 }],
  [429, { "retry-after": "86400" }, { errorClass: "unavailable", retryable: true, retryAfterMs: 3_600_000 }],
  [503, { "retry-after": "Mon, 30 Nov 2026 10:02:00 GMT" }, { retryable: true, retryAfterMs: 120_000 }],
  [503, { "retry-after": "soon" }, { errorClass: "unavailable", retryable: true }],
  [408, {}, { errorClass: "unavailable", retryable: true }],
  [500, {}, { errorClass: "unavailable", retryable: true, error: `“HOST/images/a.png” answered 500. ${TRY_LATER}` }],
])("an answer %i with %j is told", async (status, headers, told) => {
  const clock = { now: () => new Date("2026-11-30T10:00:00Z") };
  const { host, read } = await serve((_, response) => void response.writeHead(status, headers).end(), { clock });
  const answer = await read();
  const named = JSON.parse(JSON.stringify(answer).replaceAll(host, "HOST"));
  expect(named).toEqual({
    ok: false,
    retryable: false,
    errorClass: expect.any(String),
    error: expect.any(String),
    ...told,
  });
  expect(JSON.stringify(answer)).not.toContain("keep-this");
});

test("what is told to stop throws that: before, while waiting, and while reading", async () => {
  const stopped = new Error("The worker stops");
  const [waiting, reading] = [new AbortController(), new AbortController()];
  const { read } = await serve(({ url }, response) => {
    if (url !== "/endless") return waiting.abort(stopped);
    let written = 0;
    // So much fits into no buffer of the connection: the body is being read.
    const go = () => {
      if (++written > 300) reading.abort(stopped);
      response.write(Buffer.alloc(100_000), (error) => error || go());
    };
    go();
  });
  await expect(read("/", { signal: AbortSignal.abort(stopped) })).rejects.toBe(stopped);
  await expect(read("/", { signal: waiting.signal })).rejects.toBe(stopped);
  await expect(read("/endless", { signal: reading.signal, maxBytes: 1e9 })).rejects.toBe(stopped);
});

test("no proxy of the environment is asked", async () => {
  const { port, connections } = await watchLoopback();
  const { read } = await serve((_, response) => void response.end(image));
  const names = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "NODE_USE_ENV_PROXY"];
  const before = names.map((name): [string, string | undefined] => [name, process.env[name]]);
  onTestFinished(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });
  for (const name of names) process.env[name] = name.startsWith("NODE") ? "1" : `http://127.0.0.1:${port}`;
  expect(await read()).toMatchObject({ ok: true, body: image });
  expect(await connections()).toBe(0);
});
