import { z } from "zod";

/** Where an image is now. */
export const ingestSource = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("url"), url: z.string() }),
  z.object({ kind: z.literal("object"), key: z.string() }),
  /** Bytes that came with the list (a data URL, a file of the machine); they wait below `incoming/`. */
  z.object({ kind: z.literal("bytes"), told: z.string(), sha256: z.string() }),
  /** A file that a browser has put below `incoming/`, with its name and its hash there. */
  z.object({ kind: z.literal("upload"), told: z.string(), key: z.string(), sha256: z.string() }),
]);
export type IngestSource = z.infer<typeof ingestSource>;

/** What people call it. */
export function nameSource(source: IngestSource): string {
  if (source.kind === "object") return source.key;
  return source.kind === "url" ? source.url : source.told;
}

/**
 * As it may be shown and kept beside the work: without an address's query, which may be a credential. The whole address stays with
 * the line of the list.
 */
export function withoutSecrets(source: IngestSource): IngestSource {
  if (source.kind !== "url") return source;
  const { origin, pathname, search } = new URL(source.url);
  return { kind: "url", url: `${origin}${pathname}${search === "" ? "" : "?…"}` };
}

/** Tells a source from all others, and is the same whenever it comes again. */
export function idOfSource(source: IngestSource): string {
  if (source.kind === "object" || source.kind === "upload") return `object:${source.key}`;
  return source.kind === "bytes" ? `sha256:${source.sha256}` : `url:${source.url}`;
}
