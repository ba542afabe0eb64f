import type { UploadFile } from "~/features/ingest/uploads/upload-file";
import { StepFailed } from "./ask-uploads";

const INSECURE =
  "Files cannot be sent from here: browsers tell one file from another only on pages that come by https. Open the console's https address.";

/** Read at a time: how far the reading is, is told after each. */
const PIECE_BYTES = 8 * 1024 * 1024;

type Told = { signal: AbortSignal; onProgress(readBytes: number): void };

/**
 * By what a file is known again when it is chosen once more: what is in it, and its name.
 * @throws StepFailed where the browser computes no hashes, which it does on a page of its own machine or by https
 */
export async function fingerprint(file: File, told: Told): Promise<UploadFile> {
  if (!window.isSecureContext) throw new StepFailed(INSECURE, false);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await readAll(file, told)));
  const sha256 = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return { name: file.name, bytes: file.size, sha256 };
}

/** All of it at once, for browsers hash nothing piece by piece. */
async function readAll(file: File, { signal, onProgress }: Told): Promise<Uint8Array<ArrayBuffer>> {
  const all = new Uint8Array(file.size);
  for (let at = 0; at < file.size; at += PIECE_BYTES) {
    const piece = await file.slice(at, at + PIECE_BYTES).arrayBuffer();
    signal.throwIfAborted();
    all.set(new Uint8Array(piece), at);
    onProgress(at + piece.byteLength);
  }
  return all;
}
