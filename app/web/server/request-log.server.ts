import type { Handler, Request } from "express";
import type { Log } from "~/ports/log.server";
import { POLL_HEADER } from "./answer-headers";

/** A name of ours is shorter; a key in an address can be a whole page. */
const PATH_AT_MOST = 200;

/** One line a request, without query strings: they carry search terms and one-time codes. What only repeats is for debugging. */
export function requestLog(log: Log): Handler {
  return (request, response, next) => {
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
