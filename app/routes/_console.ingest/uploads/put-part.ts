import { StepFailed } from "./ask-uploads";

/** A connection that carries nothing for so long is given up, and the part sent again. */
const STALLED_AFTER_MS = 60_000;

const UNREACHABLE =
  "The bucket cannot be reached from here. Either the connection was lost, or the bucket's CORS does not admit this page: scripts/doctor.ts tells.";

/**
 * Puts a part into the bucket. By XMLHttpRequest, for fetch does not tell how much has been sent.
 * @param onProgress told how many bytes of the part are on their way
 * @throws StepFailed
 */
export function putPart(
  link: string,
  part: Blob,
  { signal, onProgress }: { signal: AbortSignal; onProgress(bytes: number): void },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    let timer = setTimeout(stop, STALLED_AFTER_MS);
    const isAlive = () => {
      clearTimeout(timer);
      timer = setTimeout(stop, STALLED_AFTER_MS);
    };
    const end = (failure: unknown) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      if (failure === null) resolve();
      else reject(failure);
    };
    request.upload.onprogress = ({ loaded }) => {
      isAlive();
      onProgress(loaded);
    };
    request.onload = () => end(request.status < 300 ? null : refused(request.status));
    request.onerror = () => end(new StepFailed(UNREACHABLE, true));
    request.onabort = () =>
      end(signal.aborted ? signal.reason : new StepFailed("The connection to the bucket stands still.", true));
    signal.addEventListener("abort", stop, { once: true });
    request.open("PUT", link);
    request.send(part);
  });
}

/** A link may have run out and an upload may be gone: both begin anew with the next try. */
const refused = (status: number) => new StepFailed(`The bucket answered ${status}.`, true);
