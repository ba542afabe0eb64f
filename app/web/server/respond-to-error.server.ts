import type { ServerBuild } from "@remix-run/node";
import type { DomainErrorCode } from "~/features/domain-error";
import { isKnownError } from "~/features/known-error";
import type { StorageErrorCode } from "~/ports/storage.server";

const ofDomain: Record<DomainErrorCode, number> = { "not-found": 404, conflict: 409, invalid: 422, "stale-plan": 409 };
const ofStorage: Record<StorageErrorCode, number> = {
  "not-found": 404,
  exists: 409,
  archived: 409,
  changed: 409,
  "too-large": 413,
  invalid: 422,
  "not-implemented": 422,
  "acl-disabled": 422,
  "no-bucket": 503,
  denied: 503,
  unavailable: 503,
  timeout: 504,
};

/** The status of an error whose sentence is meant for people; other errors surface as they are. */
function statusOf(error: unknown): number | null {
  if (isKnownError(error, "DomainError")) return ofDomain[error.code];
  if (isKnownError(error, "StorageError")) return ofStorage[error.code];
  return isKnownError(error, "DatabaseUnavailable") || isKnownError(error, "DatabaseNotReady") ? 503 : null;
}

/** The answer to an error whose sentence is meant for people; null for any other. */
export function respondToError(error: unknown): Response | null {
  const status = statusOf(error);
  if (status === null || !(error instanceof Error)) return null;
  return new Response(error.message, { status, headers: { "Content-Type": "text/plain" } });
}

/** The pages with every loader and action answering such errors, so that none needs a try of its own. */
export function withErrorResponses(build: ServerBuild): ServerBuild {
  const routes = Object.entries(build.routes).map(([id, route]) => {
    if (!route) return [id, route];
    const { loader, action } = route.module;
    const wrapped = { ...(loader && { loader: answering(loader) }), ...(action && { action: answering(action) }) };
    return [id, { ...route, module: { ...route.module, ...wrapped } }];
  });
  return { ...build, routes: Object.fromEntries(routes) };
}

function answering<Args extends unknown[], Result>(work: (...args: Args) => Result | Promise<Result>) {
  return async (...args: Args): Promise<Result> => {
    try {
      return await work(...args);
    } catch (error) {
      throw respondToError(error) ?? error;
    }
  };
}
