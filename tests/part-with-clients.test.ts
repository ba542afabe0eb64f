import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { startTestConsole } from "./support/console";

const page = { loader: () => new Response("a page") };

test("a process that is replaced answers on a connection that is kept open once more, and says that it was the last time", async () => {
  const { url, close } = await startTestConsole({ routes: { "/page": page } });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  const ask = async () => {
    const asked = request(`${url}/page`, { agent }).end();
    const [answer]: IncomingMessage[] = await once(asked, "response");
    if (!answer) throw new Error("No answer");
    await text(answer);
    return [answer.statusCode, answer.headers.connection];
  };
  expect(await ask()).toEqual([200, "keep-alive"]);
  const closed = close({ isReplaced: true });
  expect(await ask()).toEqual([200, "close"]);
  await closed;
  await expect(ask()).rejects.toMatchObject({ code: "ECONNREFUSED" });
});
