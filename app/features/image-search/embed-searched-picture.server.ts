import { createHash } from "node:crypto";
import { DomainError } from "~/features/domain-error";
import { bytes as inWords } from "~/features/format";
import { toModelJpeg } from "~/features/images/pixels/read-image.server";
import { THUMBNAIL_EDGE } from "~/features/thumbnails/keep-thumbnail.server";
import type { Ports } from "~/ports/index.server";
import { explainMissing } from "./image-search";
import { makeSearchVector } from "./make-search-vector.server";
import { readKept } from "./read-kept.server";
import { searchedDimensions } from "./searched-dimensions.server";
import { LARGEST_SEARCHED_BYTES } from "./searched-picture";

type Deps = Pick<Ports, "db" | "clock" | "model">;

/**
 * Makes a picture one that images can be searched by: the model is shown it as it is shown images, and its vector is kept with those of
 * words. The same bytes are paid once. The picture itself is not kept.
 * @returns the SHA-256 of its bytes, by which a search names it
 * @throws DomainError "invalid" for bytes that are no picture, or one that cannot be read; "conflict" where no image has a vector, or the
 *   model makes none now
 */
export async function embedSearchedPicture(deps: Deps, bytes: Buffer, signal?: AbortSignal): Promise<string> {
  if (bytes.length > LARGEST_SEARCHED_BYTES) {
    const [has, most] = [inWords(bytes.length), inWords(LARGEST_SEARCHED_BYTES)];
    throw new DomainError(
      "invalid",
      `The picture has ${has}; one that is searched by may have ${most}. Make it smaller.`,
    );
  }
  const dimensions = await searchedDimensions(deps);
  if (dimensions === null) throw new DomainError("conflict", explainMissing({ kind: "no-vectors" }));
  const hash = createHash("sha256").update(bytes).digest("hex");
  if (await readKept(deps, { hash, dimensions })) return hash;
  const picture = await toModelJpeg(bytes, THUMBNAIL_EDGE, signal);
  if (!picture.ok) throw new DomainError("invalid", picture.error);
  const made = await makeSearchVector(deps, {
    ...{ hash, dimensions, signal },
    content: { image: { bytes: picture.body, contentType: "image/jpeg" } },
    most: ({ imageTokens, price }) => ({ tokens: imageTokens, usd: imageTokens * price.input.image }),
  });
  if ("missing" in made) throw new DomainError("conflict", made.missing);
  return hash;
}
