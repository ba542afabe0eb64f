import { createServer as createRaw, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { listen, lookupOf, maxBytes, never, serve, serveRaw } from "../../../tests/support/outside-world";
import type { Lookup } from "./ask-host.server";
import { createOutside } from "./outside.server";

test.each([
  ["that is none", { code: "ENOTFOUND" }, "there is no such name (ENOTFOUND)"],
  ["that no one answers for", { code: "EAI_AGAIN" }, "its name could not be looked up (EAI_AGAIN)"],
])("a name %s", async (_what, error, why) => {
  const lookup: Lookup = (_name, _options, tell) => tell(Object.assign(new Error("No names"), error), []);
  const outside = createOutside({ OUTSIDE_TEST_HOSTS: [] }, { lookup });
  expect(await outside.read("https://images.example.com/a.png", { maxBytes, signal: never })).toEqual({
    ok: false,
    errorClass: "unavailable",
    error: `images.example.com could not be reached: ${why}. Look at the address, or try again later.`,
    retryable: true,
  });
});

test("a name without any address is none", async () => {
  const outside = createOutside({ OUTSIDE_TEST_HOSTS: [] }, { lookup: lookupOf([]) });
  const answer = await outside.read("https://images.example.com/", { maxBytes, signal: never });
  expect(answer).toMatchObject({ errorClass: "unavailable", error: expect.stringContaining("ENOTFOUND") });
});

test("a compressed answer is not unpacked", async () => {
  const { host, read } = await serve((_, response) => {
    response.setHeader("Content-Encoding", "gzip").end(gzipSync(Buffer.alloc(5_000_000)));
  });
  expect(await read()).toEqual({
    ok: false,
    errorClass: "refused",
    error: `“${host}/images/a.png” answered compressed (“gzip”), which was not asked for and is not unpacked. Upload the image instead.`,
    retryable: false,
  });
});

test("what says that it is too large is not begun, and what says nothing is left where it becomes so", async () => {
  const said = await serve(
    (_, response) => void response.writeHead(200, { "Content-Length": maxBytes + 1 }).flushHeaders(),
  );
  expect(await said.read()).toEqual({
    ok: false,
    errorClass: "too-large",
    error: `“${said.host}/images/a.png” has 1000001 bytes, more than the 1000000 allowed. Use a smaller image.`,
    retryable: false,
  });
  const endless = await serve((_, response) => {
    const go = () => void response.write(Buffer.alloc(50_000), (error) => error || go());
    go();
  });
  expect(await endless.read()).toEqual({
    ok: false,
    errorClass: "too-large",
    error: `“${endless.host}/images/a.png” has more than the 1000000 bytes allowed. Use a smaller image.`,
    retryable: false,
  });
});

test("a server that takes the connection and does not answer is left", async () => {
  const { host, read } = await serve(() => {}, { limits: { headersMs: 50 } });
  const error = `“${host}/images/a.png” did not answer within 0.05 s. Try again later.`;
  expect(await read()).toEqual({ ok: false, errorClass: "unavailable", error, retryable: true });
});

test("a body that does not come, or in drops, is left", async () => {
  const slow = { overMs: 100, bytes: 1_000 };
  const { host, read } = await serve(
    ({ url }, response) => {
      response.writeHead(200, { "Content-Length": 100_000 }).write("a");
      if (url === "/silent") return;
      const drops = setInterval(() => response.write("a"), 5);
      response.once("close", () => clearInterval(drops));
    },
    { limits: { slow } },
  );
  for (const path of ["/silent", "/drops"]) {
    const error = `“${host}${path}” sent fewer than 1000 bytes within 0.1 s, so it was given up. Try again later.`;
    expect(await read(path)).toEqual({ ok: false, errorClass: "too-slow", error, retryable: true });
  }
});

test("all of it has one limit, however quick its parts are", async () => {
  const { host, read } = await serve(
    ({ url }, response) => {
      if (url !== "/b.png") return void response.writeHead(302, { Location: "/b.png" }).end();
      const drops = setInterval(() => response.write("a"), 5);
      response.once("close", () => clearInterval(drops));
    },
    { limits: { totalMs: 300 } },
  );
  const error = `“${host}/images/a.png” took longer than 0.3 s, so it was given up. Try again later.`;
  expect(await read()).toEqual({ ok: false, errorClass: "too-slow", error, retryable: true });
});

test.each<[string, string, (socket: Socket) => void]>([
  ["is shorter than it says", "Content-Length: 100", (socket) => socket.end("a part")],
  ["is cut", "Content-Length: 100", (socket) => socket.write("a part", () => socket.resetAndDestroy())],
  ["lacks its last piece", "Transfer-Encoding: chunked", (socket) => socket.end("6\r\na part\r\n")],
  ["has broken pieces", "Transfer-Encoding: chunked", (socket) => socket.end("a part of it")],
])("a body that %s is unavailable", async (_what, header, say) => {
  const { host, read } = await serveRaw((socket) => {
    socket.write(`HTTP/1.1 200 OK\r\n${header}\r\n\r\n`);
    say(socket);
  });
  const error = `“${host}/a.png” ended the connection before the image was whole. Try again later.`;
  expect(await read()).toEqual({ ok: false, errorClass: "unavailable", error, retryable: true });
});

test("a body that is longer than it says ends where it says", async () => {
  const { read } = await serveRaw((socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\na part of it"));
  expect(await read()).toMatchObject({ ok: true, body: Buffer.from("a part") });
});

test.each([
  ["not HTTP", "SSH-2.0-none\r\n\r\n", /it does not answer in HTTP \(HPE_\w+\)/],
  [
    "a length that is none",
    "HTTP/1.1 200 OK\r\nContent-Length: much\r\n\r\n",
    /it does not answer in HTTP \(HPE_\w+\)/,
  ],
  ["two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na", /it does not answer in HTTP/],
  ["endless headers", `HTTP/1.1 200 OK\r\n${"A: b\r\n".repeat(10_000)}`, /it does not answer in HTTP/],
  [
    "another protocol",
    "HTTP/1.1 101 Switching\r\nUpgrade: a\r\nConnection: Upgrade\r\n\r\n",
    /it ended the connection/,
  ],
  ["nothing", "", /it ended the connection/],
])("what answers with %s is unavailable", async (_what, text, why) => {
  const { read } = await serveRaw((socket) => socket.end(text));
  const error = expect.stringMatching(why);
  expect(await read()).toEqual({ ok: false, errorClass: "unavailable", error, retryable: true });
});

test("where nothing listens, and where no TLS is spoken, that is told", async () => {
  const port = await listen(
    createRaw((socket) => void socket.end("SSH-2.0-none\r\n")),
    { host: "127.0.0.1" },
  );
  const gone = createRaw();
  const freed = await listen(gone, { host: "127.0.0.1" });
  await new Promise((resolve) => gone.close(resolve));
  const outside = createOutside({ OUTSIDE_TEST_HOSTS: [`127.0.0.1:${port}`, `127.0.0.1:${freed}`] });
  const problem = async (address: string) => {
    const answer = await outside.read(address, { maxBytes, signal: never });
    return answer.ok || `${answer.errorClass}: ${answer.error}`;
  };
  expect(await problem(`http://127.0.0.1:${freed}/`)).toBe(
    `unavailable: 127.0.0.1:${freed} could not be reached: nothing listens there (ECONNREFUSED). Look at the address, or try again later.`,
  );
  expect(await problem(`https://127.0.0.1:${port}/`)).toMatch(
    /^unavailable: .+: it does not speak TLS \((ERR_SSL_.+|EPROTO)\)\./,
  );
});
