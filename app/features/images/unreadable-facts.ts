import type { UnreadableClass } from "./unreadable-classes";

/**
 * What an image's row says of bytes that turned out to be no picture that can be used: pages and audits tell why, and
 * the next run leaves it out.
 */
export const unreadableFacts = (etag: string, why: { errorClass: UnreadableClass; error: string }) => ({
  contentType: null,
  width: null,
  height: null,
  sha256: null,
  readEtag: etag,
  unreadable: why.error,
  unreadableClass: why.errorClass,
  archivedAs: null,
});
