import type { UploadFile } from "~/features/ingest/uploads/upload-file";
import { StepFailed } from "./ask-uploads";

const INSECURE =
  "Files cannot be sent from here: browsers tell one file from another only on pages that come by https. Open the console's https address.";

/**
 * By what a file is known again when it is chosen once more: what is in it, and its name.
 * @throws StepFailed where the browser computes no hashes, which it does on a page of its own machine or by https
 */
export async function fingerprint(file: File): Promise<UploadFile> {
  if (!window.isSecureContext) throw new StepFailed(INSECURE, false);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  const sha256 = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return { name: file.name, bytes: file.size, sha256 };
}
