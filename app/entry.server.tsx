import { PassThrough } from "node:stream";
import {
  type ActionFunctionArgs,
  type AppLoadContext,
  createReadableStreamFromReadable,
  type EntryContext,
  type LoaderFunctionArgs,
} from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import { cutPath } from "./web/server/request-log.server";
import { NonceContext } from "./web/sign-in/nonce";

/** A page that has not streamed everything by then is cut off, so that no request hangs for ever. */
export const streamTimeout = 10_000;

/** Streams the page as soon as its shell is ready; a bot gets it whole. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  { cspNonce, ports }: AppLoadContext,
): Promise<Response> {
  const readyEvent = isbot(request.headers.get("user-agent")) ? "onAllReady" : "onShellReady";
  return new Promise((resolve, reject) => {
    let didStart = false;
    let didFail = false;
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={cspNonce}>
        <RemixServer context={remixContext} url={request.url} abortDelay={streamTimeout + 1_000} nonce={cspNonce} />
      </NonceContext.Provider>,
      {
        nonce: cspNonce,
        [readyEvent]() {
          didStart = true;
          const body = new PassThrough();
          headers.set("Content-Type", "text/html; charset=utf-8");
          keepPrivate(headers);
          resolve(new Response(createReadableStreamFromReadable(body), { headers, status: didFail ? 500 : status }));
          pipe(body);
        },
        onShellError: reject,
        onError(error: unknown) {
          didFail = true;
          // Before the shell is ready the promise rejects with it, and Remix logs it once.
          if (didStart && !request.signal.aborted) ports.log.error({ err: error }, "A page failed while it streamed");
        },
      },
    );
    setTimeout(abort, streamTimeout + 1_000).unref();
  });
}

/** The same for the data of a page that the browser renders itself. */
export function handleDataRequest(response: Response) {
  keepPrivate(response.headers);
  return response;
}

/** Logs what no one expected; Remix shows the visitor the error page. */
export function handleError(error: unknown, { request, context }: LoaderFunctionArgs | ActionFunctionArgs) {
  // An address that leads nowhere is the visitor's, and already in the request log.
  if (request.signal.aborted || isRouteErrorResponse(error)) return;
  context.ports.log.error({ err: error, path: cutPath(new URL(request.url).pathname) }, "A request failed");
}

/** What one operator sees belongs in no shared cache, nor in the browser's after signing out. */
function keepPrivate(headers: Headers) {
  if (!headers.has("Cache-Control")) headers.set("Cache-Control", "private, no-store");
}
