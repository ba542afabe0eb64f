import { createServer, type Socket } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { freePort } from "../../../tests/support/console";
import { startReceiver, WEBHOOK_SECRET } from "../../../tests/support/receiver";
import { createWebhook } from "./webhook.server";

const at = new Date("2026-11-30T10:00:00Z");
const never = new AbortController().signal;
const message = { id: "alert-1-opened", text: "The disk is 91\u202f% full." };

async function openReceiver() {
  const receiver = await startReceiver();
  const { webhook } = receiver;
  if (!webhook) throw new Error("No webhook");
  return { ...receiver, webhook, send: () => webhook.send(message, { at, signal: never }) };
}

test("a message is posted as JSON, signed as Standard Webhooks has it", async () => {
  const { send, taken, paths } = await openReceiver();
  expect(await send()).toEqual({ isDelivered: true });
  expect(taken).toEqual([{ ...message, timestamp: 1_796_032_800, isSigned: true }]);
  expect(paths).toEqual(["POST /services/T0TEST/B0TEST/not-to-be-read-anywhere"]);
});

test("a signature is the one of the specification's own example", async () => {
  const { signedHeaders } = await import("./sign-message.server");
  const id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  const headers = signedHeaders("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", {
    id,
    timestamp: 1_614_265_330,
    body: '{"test": 2432232314}',
  });
  expect(headers["webhook-signature"]).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
});

test.each<[number, { headers?: Record<string, string>; body?: string }, string, number | null]>([
  [500, {}, "HOST answered 500.", null],
  [503, { headers: { "retry-after": "7" } }, "HOST answered 503.", 7_000],
  [429, { headers: { "retry-after": "30" } }, "HOST answered 429: it takes no more messages for now.", 30_000],
  [
    429,
    { headers: { "retry-after": "Mon, 30 Nov 2026 10:02:00 GMT" } },
    "HOST answered 429: it takes no more messages for now.",
    120_000,
  ],
  [429, { headers: { "retry-after": "86400" } }, "HOST answered 429: it takes no more messages for now.", 3_600_000],
  [
    404,
    { body: "no_service" },
    "HOST answered 404 (no_service), a refusal. Look at ALERT_WEBHOOK_URL: the channel or its webhook may be gone.",
    null,
  ],
  [
    404,
    { body: "Cannot POST /services/T0TEST/B0TEST/not-to-be-read-anywhere" },
    "HOST answered 404, a refusal. Look at ALERT_WEBHOOK_URL: the channel or its webhook may be gone.",
    null,
  ],
  [
    302,
    { headers: { location: "http://127.0.0.1:9/elsewhere" } },
    "HOST answered 302, a redirect, which is not followed: ALERT_WEBHOOK_URL must be the address itself.",
    null,
  ],
])("an answer %i is told, and nothing of the address but its host", async (status, answer, problem, retryAfterMs) => {
  const { send, answers, host, paths } = await openReceiver();
  answers.push({ status, body: "", ...answer });
  expect(await send()).toEqual({ isDelivered: false, problem: problem.replace("HOST", host), retryAfterMs });
  expect(paths).toHaveLength(1);
});

test.each([
  ["is cut", (socket: Socket) => void setTimeout(() => socket.destroy(), 20)],
  ["does not come", () => {}],
])("a refusal whose body %s is told with its status, and with how long to wait", async (_what, then) => {
  const server = createServer((socket) => {
    socket
      .on("error", () => {})
      .once("data", () => {
        socket.write("HTTP/1.1 503 Busy\r\nRetry-After: 90\r\nContent-Length: 100\r\n\r\n");
        then(socket);
      });
    onTestFinished(() => void socket.destroy());
  });
  const port = await freePort();
  server.listen(port, "127.0.0.1");
  onTestFinished(() => void server.close());
  const address = { ALERT_WEBHOOK_URL: `http://127.0.0.1:${port}/`, ALERT_WEBHOOK_SECRET: WEBHOOK_SECRET };
  expect(await createWebhook(address)?.send(message, { at, signal: never })).toEqual({
    ...{ isDelivered: false, problem: `127.0.0.1:${port} answered 503.`, retryAfterMs: 90_000 },
  });
});

test("where nothing listens, that is told", async () => {
  const { send, close, host } = await openReceiver();
  await close();
  const problem = `${host} could not be reached: nothing listens there (ECONNREFUSED).`;
  expect(await send()).toEqual({ isDelivered: false, problem, retryAfterMs: null });
});

test("a name that is none, and one that speaks no TLS", async () => {
  const port = await freePort();
  const plain = createServer((socket) => void socket.on("error", () => {}).end("SSH-2.0-none\r\n")).listen(
    port,
    "127.0.0.1",
  );
  onTestFinished(() => void plain.close());
  const send = (url: string) =>
    createWebhook({ ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_SECRET: WEBHOOK_SECRET })?.send(message, {
      at,
      signal: never,
    });
  expect(await send("https://alerts.invalid/a-path-to-keep")).toMatchObject({
    problem: expect.stringMatching(/^alerts\.invalid could not be reached: .+ \((ENOTFOUND|EAI_AGAIN)\)\.$/),
  });
  expect(await send(`https://127.0.0.1:${port}/a-path-to-keep`)).toMatchObject({
    problem: expect.stringMatching(/^127\.0\.0\.1:\d+ could not be reached: it does not speak TLS \(ERR_SSL_.+\)\.$/),
  });
});

test("one that does not answer within 10 s is left", async () => {
  const { send, answers, host } = await openReceiver();
  const timeout = vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
    const soon = new AbortController();
    setTimeout(() => soon.abort(), ms / 50).unref();
    return soon.signal;
  });
  onTestFinished(() => timeout.mockRestore());
  answers.push({ status: 200, afterMs: 1_000 });
  const problem = `${host} did not answer within 10 s.`;
  expect(await send()).toEqual({ isDelivered: false, problem, retryAfterMs: null });
});

test("what is told to stop throws that, and is no failure of the receiver", async () => {
  const { webhook, answers } = await openReceiver();
  answers.push({ status: 200, afterMs: 1_000 });
  const stop = new AbortController();
  const sent = webhook.send(message, { at, signal: stop.signal });
  stop.abort(new Error("The worker stops"));
  await expect(sent).rejects.toThrow("The worker stops");
});

test("reach names no address as the name of a TLS server, which Node warns of", async () => {
  const warnings: string[] = [];
  const note = ({ message }: Error) => void warnings.push(message);
  process.on("warning", note);
  onTestFinished(() => void process.off("warning", note));
  const port = await freePort();
  const address = { ALERT_WEBHOOK_URL: `https://127.0.0.1:${port}/`, ALERT_WEBHOOK_SECRET: WEBHOOK_SECRET };
  expect(await createWebhook(address)?.reach()).toMatch(/nothing listens there/);
  await new Promise(setImmediate);
  expect(warnings.filter((text) => text.includes("ServerName"))).toEqual([]);
});

test("reach opens a connection and sends nothing", async () => {
  const { webhook, close, host, paths } = await openReceiver();
  expect(await webhook.reach()).toBe(null);
  await close();
  expect(await webhook.reach()).toBe(`${host} could not be reached: nothing listens there (ECONNREFUSED).`);
  expect(paths).toEqual([]);
});
