import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { createWebhook } from "~/ports/webhook/webhook.server";

export const WEBHOOK_SECRET = `whsec_${Buffer.from("thirty-two bytes of a test, only").toString("base64")}`;
/** As Slack's: who knows it can write to the channel. */
const PATH = "/services/T0TEST/B0TEST/not-to-be-read-anywhere";

export type Got = { id: string; text: string; timestamp: number; isSigned: boolean };
type Answer = { status: number; headers?: Record<string, string>; body?: string; afterMs?: number };

/**
 * A receiver of alerts on loopback. It answers with what `answers` holds, one after the other, then with 200 “ok”; what it took
 * and refused are apart.
 */
export async function startReceiver() {
  const taken: Got[] = [];
  const refused: Got[] = [];
  const answers: Answer[] = [];
  const paths: string[] = [];
  let isOpen = true;
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts).toString("utf8");
    const header = (name: string) => String(request.headers[name]);
    const [id, timestamp] = [header("webhook-id"), header("webhook-timestamp")];
    const key = Buffer.from(WEBHOOK_SECRET.slice(6), "base64");
    const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
    const isSigned = header("webhook-signature") === `v1,${signature}`;
    const got = { id, text: JSON.parse(body).text, timestamp: Number(timestamp), isSigned };
    paths.push(`${request.method} ${request.url}`);
    const { status, headers = {}, body: answer = "ok", afterMs = 0 } = answers.shift() ?? { status: 200 };
    (status < 300 ? taken : refused).push(got);
    if (afterMs > 0) await sleep(afterMs);
    response.writeHead(status, { "content-type": "text/html", ...headers }).end(answer);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  };
  onTestFinished(close);
  const env = { ALERT_WEBHOOK_URL: `http://127.0.0.1:${port}${PATH}`, ALERT_WEBHOOK_SECRET: WEBHOOK_SECRET };
  return {
    env,
    host: `127.0.0.1:${port}`,
    webhook: createWebhook(env),
    /** What was taken, and with which other status something was refused. */
    ...{ taken, refused, answers, paths },
    texts: () => taken.map(({ text }) => text),
    /** Nothing listens there, until `open`. */
    close,
    async open() {
      isOpen = true;
      server.listen(port, "127.0.0.1");
      await once(server, "listening");
    },
  };
}
