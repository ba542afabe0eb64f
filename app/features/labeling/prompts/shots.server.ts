import { DomainError } from "~/features/domain-error";
import { holdObject, LARGEST_HELD_BYTES } from "~/features/images/objects/held-objects";
import { toModelJpeg } from "~/features/images/pixels/read-image.server";
import { isAsPlanned } from "~/features/storage/is-as-planned.server";
import { isStorageError } from "~/features/storage-failure";
import type { ModelImage } from "~/ports/model/model.server";
import type { Storage } from "~/ports/storage.server";
import { quoteKey } from "~/quote";
import type { PersonaAnswer } from "./answer-schema";
import { exampleAnswer, type PromptExample } from "./prompt-content";

export type Shot = { image: ModelImage; answer: PersonaAnswer };

type Limits = { imageEdge: number; signal?: AbortSignal | undefined };

/**
 * An example as the model sees it.
 * @throws DomainError "conflict" when its object is gone, changed since the prompt version was made, or is no picture
 */
export async function loadShot(storage: Storage, example: PromptExample, limits: Limits): Promise<Shot> {
  const refuse = (what: string) =>
    `The example ${quoteKey(example.key)} ${what}. Put it back as it was, or start a new label run with other examples.`;
  const image = await loadPicture(storage, example, { ...limits, refuse, since: "this prompt version was made" });
  return { image, answer: exampleAnswer(example) };
}

/**
 * An object as the model sees it.
 * @param limits.refuse makes the sentence of a refusal from what is wrong: “is gone”
 * @param limits.since when it had the bytes that its ETag names: “it was chosen”
 * @throws DomainError "conflict" when it is gone, has other bytes, or is no picture
 */
export async function loadPicture(
  storage: Storage,
  { key, etag }: { key: string; etag: string },
  { imageEdge, signal, refuse, since }: Limits & { refuse(what: string): string; since: string },
): Promise<ModelImage> {
  const refusal = (what: string) => new DomainError("conflict", refuse(what));
  const options = { ...(signal && { signal }) };
  const found = await storage.head(key, options);
  if (found === null) throw refusal("is gone");
  if (found.bytes > LARGEST_HELD_BYTES) throw refusal(`has more than ${LARGEST_HELD_BYTES / 1024 ** 2} MiB`);
  const jpeg = await holdObject(found.bytes, async () => {
    const { head, body } = await storage
      .get(key, { maxBytes: LARGEST_HELD_BYTES, ...options })
      .catch((error: unknown) => {
        if (isStorageError(error) && error.code === "not-found") throw refusal("is gone");
        if (isStorageError(error) && error.code === "archived") throw refusal("is archived, and cannot be read");
        throw error;
      });
    if (!(await isAsPlanned(storage, head, etag, signal))) throw refusal(`changed since ${since}`);
    return toModelJpeg(body, imageEdge, signal);
  });
  if (!jpeg.ok) throw refusal(`cannot be shown to the model (${jpeg.error})`);
  return { bytes: jpeg.body, contentType: "image/jpeg" };
}
