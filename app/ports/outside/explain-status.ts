import { OutsideFailure, placeOf } from "./outside-failure";

/** What it means that a host answered with another status than 200, and what to do. */
export function explainStatus(url: URL, status: number, retryAfterMs: number | null): OutsideFailure {
  const answer = `${placeOf(url)} answered ${status}`;
  if (status === 404 || status === 410) {
    return new OutsideFailure("not-found", `${answer}: there is no such image. Look at the address.`);
  }
  if (status === 429) return later(`${answer}: it gives no more images for now. Try again later.`, retryAfterMs);
  if (status === 408 || status === 425 || status >= 500) return later(`${answer}. Try again later.`, retryAfterMs);
  if (status === 401 || status === 403) {
    const toDo = "Use an address that anyone may read (one with a signature may have expired), or upload the image.";
    return new OutsideFailure("refused", `${answer}: it does not give this image to us. ${toDo}`);
  }
  return new OutsideFailure("refused", `${answer} instead of an image. Use another address, or upload the image.`);
}

const later = (sentence: string, retryAfterMs: number | null) =>
  new OutsideFailure("unavailable", sentence, { retryable: true, retryAfterMs });
