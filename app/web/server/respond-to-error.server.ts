import type { ServerBuild } from "@remix-run/node";

/** A status for each code of the errors whose sentence is meant for people; other errors surface as they are. */
const statuses: Record<string, Record<string, number>> = {
  DomainError: { "not-found": 404, conflict: 409, invalid: 422, "stale-plan": 409 },
  DatabaseUnavailable: { unavailable: 503 },
  StorageError: {
    "not-found": 404,
    exists: 409,
    changed: 409,
    "too-large": 413,
    invalid: 422,
    "not-implemented": 422,
    "acl-disabled": 422,
    "no-bucket": 503,
    denied: 503,
    unavailable: 503,
    timeout: 504,
  },
};

/**
 * The answer to an error whose sentence is meant for people; null for any other.
 * Told by name: the ports are made outside of the bundle that the pages are, so that classes exist twice.
 */
export function respondToError(error: unknown): Response | null {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return null;
  const status = statuses[error.name]?.[error.code];
  return status ? new Response(error.message, { status, headers: { "Content-Type": "text/plain" } }) : null;
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
