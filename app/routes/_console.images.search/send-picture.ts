import { z } from "zod";
import { readAsUrl } from "./read-as-url";
import { toSentPicture } from "./to-sent-picture";

const answered = z.object({ picture: z.string() });

/**
 * Sends a picture to be searched by.
 * @returns how the address of a search names it
 * @throws Error with a sentence
 */
export async function sendPicture(file: File): Promise<string> {
  const picture = await toBase64Url(await toSentPicture(file));
  const body = new URLSearchParams({ picture });
  const answer = await fetch("/searched-pictures", { method: "POST", body, redirect: "manual" }).catch(() => null);
  if (answer === null) throw new Error("The console does not answer. Try again.");
  if (answer.ok) return answered.parse(await answer.json()).picture;
  if (answer.type === "opaqueredirect") {
    throw new Error("Your session has ended. Sign in again, then choose the picture once more.");
  }
  const text = await answer.text().catch(() => "");
  const isSentence = answer.headers.get("Content-Type")?.startsWith("text/plain") === true && text !== "";
  throw new Error(isSentence ? text : "The console had a problem. Try again.");
}

async function toBase64Url(picture: Blob): Promise<string> {
  const url = await readAsUrl(picture);
  return url
    .slice(url.indexOf(",") + 1)
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
