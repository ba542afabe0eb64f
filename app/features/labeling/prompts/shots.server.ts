import { DomainError } from "~/features/domain-error";
import { toModelJpeg } from "~/features/images/pixels/read-image.server";
import { isAsPlanned } from "~/features/storage/is-as-planned.server";
import { isStorageError } from "~/features/storage-failure";
import type { ModelImage } from "~/ports/model/model.server";
import type { Storage } from "~/ports/storage.server";
import type { PersonaAnswer } from "./answer-schema";
import { exampleAnswer, type PromptExample } from "./prompt-content";

/** The largest original that is read to be labelled, in bytes. */
export const MAX_ORIGINAL_BYTES = 128 * 1024 * 1024;

export type Shot = { image: ModelImage; answer: PersonaAnswer };

/**
 * An example as the model sees it.
 * @throws DomainError "conflict" when its object is gone, changed since the prompt version was made, or is no picture
 */
export async function loadShot(
  storage: Storage,
  example: PromptExample,
  options: { imageEdge: number; signal?: AbortSignal | undefined },
): Promise<Shot> {
  const refuse = (what: string) =>
    new DomainError(
      "conflict",
      `The example ${example.key} ${what}. Put it back as it was, or start a new label run with other examples.`,
    );
  const { imageEdge, signal } = options;
  const limits = { maxBytes: MAX_ORIGINAL_BYTES, ...(signal && { signal }) };
  const { head, body } = await storage.get(example.key, limits).catch((error: unknown) => {
    if (isStorageError(error) && error.code === "not-found") throw refuse("is gone");
    if (isStorageError(error) && error.code === "archived") throw refuse("is archived, and cannot be read");
    throw error;
  });
  if (!(await isAsPlanned(storage, head, example.etag, signal)))
    throw refuse("changed since this prompt version was made");
  const jpeg = await toModelJpeg(body, imageEdge);
  if (!jpeg.ok) throw refuse(`cannot be shown to the model (${jpeg.error})`);
  return { image: { bytes: jpeg.body, contentType: "image/jpeg" }, answer: exampleAnswer(example) };
}
