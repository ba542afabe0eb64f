import { partsOf, type UploadFile } from "~/features/ingest/uploads/upload-file";
import { retryDelay } from "~/web/connection/judge-answer";
import { askUploads, StepFailed } from "./ask-uploads";
import { putPart } from "./put-part";

/** Tries in a row that get nowhere. A minute passes until then, but for the time without any connection. */
const TRIES = 7;

type Told = {
  signal: AbortSignal;
  onBegun(id: number): void;
  onProgress(sentBytes: number): void;
  /** True while it waits to try again. */
  onTrouble(isInTrouble: boolean): void;
};

/**
 * Sends a file to the bucket, from where it stopped, until all of it is there; through lost connections it waits.
 * @param known the file's fingerprint
 * @returns the upload's id
 * @throws StepFailed
 */
export async function sendFile(file: File, known: UploadFile, told: Told): Promise<number> {
  const { signal } = told;
  let arrived = 0;
  let failures = 0;
  for (;;) {
    try {
      return await sendRest({ file, known }, told, (parts) => {
        if (parts > arrived) failures = 0;
        arrived = Math.max(arrived, parts);
      });
    } catch (error) {
      signal.throwIfAborted();
      failures += 1;
      if (!(error instanceof StepFailed) || !error.isPassing || failures === TRIES) throw error;
      told.onTrouble(true);
      await nextTry(failures, signal);
      told.onTrouble(false);
    }
  }
}

/** Asks what is there, and sends what is not. */
async function sendRest(
  { file, known }: { file: File; known: UploadFile },
  { signal, onBegun, onProgress }: Told,
  onArrived: (parts: number) => void,
): Promise<number> {
  const { id, partBytes, isWhole, there } = await askUploads("begin", known, signal);
  onBegun(id);
  if (isWhole) return id;
  const parts = partsOf({ bytes: file.size, partBytes });
  const arrived = new Set(there);
  let sent = parts.reduce((sum, { number, bytes }) => (arrived.has(number) ? sum + bytes : sum), 0);
  onProgress(sent);
  onArrived(arrived.size);
  for (const { number, bytes } of parts) {
    if (arrived.has(number)) continue;
    const { link } = await askUploads("sign", { id, number }, signal);
    const start = (number - 1) * partBytes;
    // Without a type no header says one: every header that is sent is signed.
    await putPart(link, file.slice(start, start + bytes, ""), {
      signal,
      onProgress: (some) => onProgress(sent + some),
    });
    sent += bytes;
    onProgress(sent);
    onArrived(arrived.add(number).size);
  }
  await askUploads("complete", { id }, signal);
  return id;
}

/** Waits longer with each failure; without any connection, until there is one again. */
async function nextTry(failures: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(() => navigator.onLine && done(), retryDelay(failures, Math.random()));
    window.addEventListener("online", done);
    signal.addEventListener("abort", done);
  });
  signal.throwIfAborted();
}
