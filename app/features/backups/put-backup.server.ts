import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createGzip } from "node:zlib";
import { DomainError } from "~/features/domain-error";
import type { Ports } from "~/ports/index.server";
import { quoteKey } from "~/quote";
import { objectParts } from "./object-parts.server";

type Deps = Pick<Ports, "storage">;

/** Half of the default's (6) time for 1 % more bytes; see docs/benchmarks.md. */
const GZIP_LEVEL = 3;

/**
 * Puts a file at a key, compressed on its way, then reads it back.
 * @throws DomainError "conflict" where other bytes come back
 */
export async function putBackup(
  { storage }: Deps,
  { file, key, signal }: { file: string; key: string; signal: AbortSignal },
): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  let bytes = 0;
  async function* compressed() {
    const source = createReadStream(file);
    const gzip = createGzip({ level: GZIP_LEVEL });
    source.once("error", (error) => gzip.destroy(error)).pipe(gzip);
    try {
      for await (const chunk of gzip) {
        hash.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
    } finally {
      source.destroy();
    }
  }
  await storage.putStream(key, compressed(), { contentType: "application/gzip", signal });
  const sha256 = hash.digest("hex");
  const found = createHash("sha256");
  for await (const part of objectParts({ storage }, { key, bytes, signal })) found.update(part);
  if (found.digest("hex") === sha256) return { bytes, sha256 };
  throw new DomainError(
    "conflict",
    `The bucket gave back other bytes than were put at ${quoteKey(key)}, so that it is no backup. Run this again; if it happens again, the store is damaged.`,
  );
}
