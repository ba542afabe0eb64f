import type { RequestHandler } from "express";
import { isKnownError } from "~/features/known-error";
import type { Db } from "~/ports/db.server";

/**
 * Once another version has migrated the database, what these pages read and write of it is not what they know: every address
 * but those that watch the process says so. An open page waits for an answer that is not this one, and comes back by itself.
 */
export function refuseOtherSchema(db: Db): RequestHandler {
  return async (request, response, next) => {
    if (request.path === "/healthz" || request.path === "/readyz") return next();
    try {
      await db.$requireOwnSchema();
    } catch (error) {
      // Of a database that does not answer, the page itself says more.
      if (!isKnownError(error, "DatabaseNotReady")) return next();
      return response.status(503).type("text").set("Cache-Control", "no-store").send(error.message);
    }
    next();
  };
}
