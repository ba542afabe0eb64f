/** What a form of ours may carry: a request has at most 1 MiB, and base64 makes a third more of bytes. */
export const LARGEST_OWN_BYTES = 700 * 1024;

/** Long side in px of what a browser sends of a larger picture: a model that draws is shown no more (read-shown.server.ts). */
export const OWN_EDGE = 1_536;
