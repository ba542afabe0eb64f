import type { Ports } from "~/ports/index.server";

const PART_BYTES = 8 * 1024 * 1024;

/** An object part by part, so that the memory it takes does not grow with it. */
export async function* objectParts(
  { storage }: Pick<Ports, "storage">,
  { key, bytes, signal }: { key: string; bytes: number; signal: AbortSignal },
): AsyncGenerator<Buffer> {
  for (let first = 0; first < bytes; first += PART_BYTES) {
    const range: [number, number] = [first, Math.min(first + PART_BYTES, bytes) - 1];
    yield (await storage.get(key, { range, signal })).body;
  }
}
