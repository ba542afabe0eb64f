import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { RequestLog } from "../wire/request-log";
import { type createFaults, faultSchema } from "./faults";

const faultsBody = z.strictObject({ faults: z.array(faultSchema) });

/** The knobs of a server that runs in another process. */
export async function handleControl(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { faults, requests }: { faults: ReturnType<typeof createFaults>; requests: RequestLog },
) {
  const answer = (status: number, body: unknown) => {
    outgoing.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
  // Also keeps pages of other origins out: a browser asks before it sends JSON across origins, and we do not answer that.
  const isJson = incoming.headers["content-type"] === "application/json";
  switch (`${incoming.method} ${incoming.url}`) {
    case "GET /_local/requests":
      return answer(200, { total: requests.count(), byOperation: requests.byOperation(), recent: requests.recent() });
    case "DELETE /_local/requests":
      requests.reset();
      return answer(200, {});
    case "PUT /_local/faults": {
      const text = await readText(incoming);
      const body = isJson ? faultsBody.safeParse(parseJson(text)) : null;
      if (!body?.success) return answer(400, { error: 'Send application/json: {"faults":[…]} as faults.ts has them.' });
      faults.set(body.data.faults);
      return answer(200, body.data);
    }
    default:
      return answer(404, { error: "There are /_local/requests (GET, DELETE) and /_local/faults (PUT)." });
  }
}

async function readText(incoming: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of incoming.setEncoding("utf8")) text += chunk;
  return text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
