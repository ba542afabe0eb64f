import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { changeReply, errorReply, replyInstead } from "./manners/fault-replies";
import { createFaults, type Fault } from "./manners/faults";
import { handleControl } from "./manners/local-control";
import { refuseByManners } from "./manners/refuse-by-manners";
import { type StoreName, storeManners } from "./manners/store-manners";
import { openBodies } from "./objects/body-store";
import { type ObjectIndex, openIndex } from "./objects/object-index";
import { allowedPages, corsHeaders } from "./operations/cors-operations";
import { emptyPage } from "./operations/list-operations";
import { operations } from "./operations/operations";
import type { Operation, S3Context } from "./s3-context";
import { type Keys, verifySignature } from "./verify-signature";
import { createRequestLog, type RequestLog } from "./wire/request-log";
import { S3Error } from "./wire/s3-error";
import { parseRequest, type Reply, type S3Request } from "./wire/s3-request";
import { sendReply } from "./wire/send-reply";

export type LocalS3 = {
  /** http://127.0.0.1:PORT */
  url: string;
  /** Replaces the faults in force. */
  setFaults(faults: Fault[]): void;
  /** Sets its clock so far ahead of the machine's: links run out without anyone waiting for them. */
  setAhead(ms: number): void;
  /** What was asked of the server since it started, or since the last `reset`. */
  requests: RequestLog;
  /** Cuts what is open; what was acknowledged is on disk. */
  close(): Promise<void>;
};

/**
 * An S3 server on loopback. Objects lie under `dataDir` and outlive the process; `buckets` are created when missing.
 * Beside S3 it answers GET and DELETE /_local/requests (what was asked) and PUT /_local/faults (faults.ts), as JSON.
 * @param options.port 0 takes any free one
 * @param options.pagesAt an origin whose pages may read and put objects of `buckets`: their CORS
 * @param options.manners the store that it plays (store-manners.ts); AWS unless given
 * @throws when the port is in use (code EADDRINUSE) or another process serves `dataDir`
 */
export async function startS3(
  options: Keys & { port: number; dataDir: string; buckets: string[]; pagesAt?: string; manners?: StoreName },
): Promise<LocalS3> {
  const server = createServer();
  // Longer than any client keeps an idle connection: closing one just as it is used again looks like a network fault.
  server.keepAliveTimeout = 120_000;
  // Before anything is opened: with the port in use nothing has been touched.
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", resolve);
  });
  const index = openIndexOrClose(options.dataDir, server);
  const context: S3Context = {
    index,
    bodies: openBodies(index, options.dataDir),
    manners: storeManners[options.manners ?? "aws"],
  };
  for (const bucket of options.buckets) {
    if (!index.bucket(bucket)) index.addBucket(bucket);
    if (options.pagesAt) index.setCors(bucket, allowedPages(options.pagesAt));
  }
  const faults = createFaults();
  const requests = createRequestLog();
  let aheadMs = 0;

  server.on("request", (incoming, outgoing) => {
    const answer = incoming.url?.startsWith("/_local/")
      ? handleControl(incoming, outgoing, { faults, requests })
      : handleS3(incoming, outgoing);
    answer.catch((error: unknown) => {
      // A client that went away in the middle is its own affair.
      if (!outgoing.destroyed && !incoming.destroyed) console.error("local S3:", error);
      outgoing.destroy();
    });
  });
  async function handleS3(incoming: IncomingMessage, outgoing: ServerResponse) {
    let request: S3Request;
    try {
      request = parseRequest(incoming);
    } catch (error) {
      return sendReply(incoming, outgoing, replyTo(error, incoming.url ?? ""));
    }
    const fault = faults.take(request);
    const finish = requests.start(request);
    if (fault && "hang" in fault) return;
    if (fault && "delayMs" in fault) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
    const answered = await answer(request, fault);
    const reply = { ...answered, headers: { ...corsHeaders(context, request), ...answered.headers } };
    finish(reply.status);
    if (fault && "loseAnswer" in fault) return void outgoing.destroy();
    await sendReply(incoming, outgoing, reply, { isCut: fault !== undefined && "cutBody" in fault });
  }

  async function answer(request: S3Request, fault: Fault | undefined): Promise<Reply> {
    const instead = replyInstead(fault);
    if (instead) return instead;
    const operation = fault && "emptyPage" in fault ? emptyPage : operations[request.operation];
    return changeReply(fault, await operate(operation, context, request, { keys: options, aheadMs }));
  }

  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    setFaults: faults.set,
    setAhead(ms) {
      aheadMs = ms;
    },
    requests,
    async close() {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      index.close();
    },
  };
}

function openIndexOrClose(dataDir: string, server: Server): ObjectIndex {
  try {
    return openIndex(dataDir);
  } catch (error) {
    server.close();
    throw error;
  }
}

async function operate(
  operation: Operation | undefined,
  context: S3Context,
  request: S3Request,
  { keys, aheadMs }: { keys: Keys; aheadMs: number },
): Promise<Reply> {
  try {
    const isSigned = request.operation !== "Preflight";
    const signer = { ...keys, ...context.manners };
    const payload = isSigned ? await verifySignature(request, signer, new Date(Date.now() + aheadMs)) : "";
    refuseByManners(context.manners, request);
    if (!operation)
      throw new S3Error("NotImplemented", `The local S3 does not do this: ${request.method} ${request.path}`);
    return await operation(context, request, payload);
  } catch (error) {
    return replyTo(error, request.path);
  }
}

/** What is no S3Error is a bug of ours and goes on. */
function replyTo(error: unknown, resource: string): Reply {
  if (!(error instanceof S3Error)) throw error;
  return errorReply(error.status, error.code, error.message, { resource, headers: error.headers });
}
