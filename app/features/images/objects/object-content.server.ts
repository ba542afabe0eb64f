import { createHash } from "node:crypto";
import { isStorageError } from "~/features/storage-failure";
import type { ObjectHead, Storage } from "~/ports/storage.server";

import { LARGEST_HELD_BYTES } from "./held-objects";

export type Content = { sha256: string; bytes: number };
export type Found = Content & { head: ObjectHead; body: Buffer };

/** An object (or one version of it) with what its bytes are; null: there is none. */
export async function findObject(
  storage: Storage,
  key: string,
  options: { versionId?: string; signal: AbortSignal },
): Promise<Found | "too-large" | null> {
  try {
    const { head, body } = await storage.get(key, { maxBytes: LARGEST_HELD_BYTES, ...options });
    return { head, body, bytes: body.length, sha256: createHash("sha256").update(body).digest("hex") };
  } catch (error) {
    if (isStorageError(error) && error.code === "not-found") return null;
    if (isStorageError(error) && error.code === "too-large") return "too-large";
    throw error;
  }
}

export const isSame = (found: Found | "too-large" | null, { sha256, bytes }: Content): found is Found =>
  found !== null && found !== "too-large" && found.sha256 === sha256 && found.bytes === bytes;
