import { randomUUID } from "node:crypto";
import type { Handler, Request } from "express";
import type { Log } from "~/ports/log.server";
import { POLL_HEADER, REQUEST_ID_HEADER } from "./answer-headers";

/** A name of ours is shorter; a key in an address can be a whole page. */
const PATH_AT_MOST = 200;

/**
 * One line a request, without query strings: they carry search terms and one-time codes. What only repeats is for debugging.
 * Each line that a request leads to names it by `requestId` (through `response.locals.log`), and so does its answer's header.
 */
export function requestLog(root: Log): Handler {
  return (request, response, next) => {
    const told = request.headers[REQUEST_ID_HEADER.toLowerCase()];
    const requestId = typeof told === "string" && /^[\w-]{8,64}$/.test(told) ? told : randomUUID();
    const log = root.child({ requestId });
    response.locals.log = log;
    response.setHeader(REQUEST_ID_HEADER, requestId);
    const startedAt = performance.now();
    const { method } = request;
    const path = cutPath(request.path);
    response.on("close", () => {
      const { statusCode: status } = response;
      const level = status >= 500 ? "error" : status < 400 && isRepeated(request) ? "debug" : "info";
      const ms = Math.round(performance.now() - startedAt);
      log[level]({ method, path, status, ms, ip: request.ip }, "request");
    });
    next();
  };
}

/** A path as the log shows it. */
export const cutPath = (path: string) => (path.length > PATH_AT_MOST ? `${path.slice(0, PATH_AT_MOST)}…` : path);

/** What open pages and keepers of the process ask every few seconds. */
const isRepeated = (request: Request) =>
  request.headers[POLL_HEADER.toLowerCase()] !== undefined ||
  /^\/(assets\/|healthz$|readyz$|metrics$|work-in-progress|label-runs\/\d+\/pulse)/.test(request.originalUrl);
