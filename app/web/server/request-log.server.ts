import type { Handler } from "express";
import type { Log } from "~/ports/log.server";

/** One line a request, without query strings: they carry search terms and one-time codes. */
export function requestLog(log: Log): Handler {
  return (request, response, next) => {
    const startedAt = performance.now();
    const { path, method } = request;
    response.on("close", () => {
      const level = response.statusCode >= 500 ? "error" : /^\/(assets\/|healthz|readyz)/.test(path) ? "debug" : "info";
      const ms = Math.round(performance.now() - startedAt);
      log[level]({ method, path, status: response.statusCode, ms, ip: request.ip }, "request");
    });
    next();
  };
}
