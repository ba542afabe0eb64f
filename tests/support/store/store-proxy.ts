import { createServer, type IncomingMessage, type ServerResponse, request as sendRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { text as readText } from "node:stream/consumers";
import { changeReply, replyInstead } from "../../../scripts/dev/s3/manners/fault-replies";
import { createFaults } from "../../../scripts/dev/s3/manners/faults";
import { createRequestLog } from "../../../scripts/dev/s3/wire/request-log";
import { parseRequest } from "../../../scripts/dev/s3/wire/s3-request";
import { sendReply } from "../../../scripts/dev/s3/wire/send-reply";

/**
 * Stands before a real store, so that the faults and the counting of the local S3 are to be had there too. Requests go on
 * as they came, with the Host that was signed: the store must take any (Ceph does, AWS does not).
 */
export async function startStoreProxy(endpoint: string) {
  const target = new URL(endpoint);
  const faults = createFaults();
  const requests = createRequestLog();
  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.keepAliveTimeout = 120_000;

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse) {
    const request = parseRequest(incoming);
    const fault = faults.take(request);
    const finish = requests.start(request);
    if (fault && "hang" in fault) return;
    if (fault && "delayMs" in fault) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
    const instead = replyInstead(fault);
    if (instead) {
      finish(instead.status);
      incoming.resume();
      return await sendReply(incoming, outgoing, instead);
    }
    const answer = await forward(incoming);
    const status = answer.statusCode ?? 502;
    finish(status);
    if (fault && "loseAnswer" in fault) {
      answer.resume();
      return void outgoing.destroy();
    }
    const headers = Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)]));
    const body = fault && "pattern" in fault ? await readText(answer) : answer;
    const reply = changeReply(fault, { status, headers, body });
    await sendReply(incoming, outgoing, reply, { isCut: fault && "cutBody" in fault });
  }

  function forward(incoming: IncomingMessage): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const { method, url, headers } = incoming;
      const { hostname, port } = target;
      const outgoing = sendRequest({ hostname, port, method, path: url, headers }, resolve);
      outgoing.once("error", reject);
      incoming.pipe(outgoing);
    });
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    setFaults: faults.set,
    requests,
    async close() {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}
