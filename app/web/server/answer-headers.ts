/** On every answer of a built console: which build it is, as the browser's own `__remixManifest.version` says it. */
export const BUILD_HEADER = "X-Console-Build";

/** On an answer to someone who has no session (any more). */
export const SIGNED_OUT_HEADER = "X-Signed-Out";

/** On every answer: the name of its request in the log. A proxy may have given it one. */
export const REQUEST_ID_HEADER = "X-Request-Id";

/** On a request by which an open page keeps itself up to date, without anyone having asked. */
export const POLL_HEADER = "X-Poll";
