import type { Handler } from "express";

/**
 * Addresses that HTTP allows and no page of ours sends: one with a host, as to a proxy, is read without it; what is no path
 * at all (“*”) is refused. First of all handlers, for the others take a path for granted.
 */
export const readRequestLine: Handler = (request, response, next) => {
  if (request.url.startsWith("/")) return next();
  const url = /^https?:\/\//i.test(request.url) && URL.canParse(request.url) ? new URL(request.url) : null;
  if (!url) return response.status(400).type("text").send("This address cannot be read.");
  request.url = url.pathname + url.search;
  request.originalUrl = request.url;
  next();
};
