import { DomainError } from "~/features/domain-error";
import type { Ports } from "~/ports/index.server";
import type { ConversionSettings } from "./conversion-format";
import { tryConversion } from "./measure.server";
import { whyNot } from "./why-not";

/**
 * What an image would become, whole, made in memory; and of which bytes, by their ETag.
 * @throws DomainError "not-found" for no image; "conflict" for one that cannot be converted now, or would lose something
 */
export async function readConverted(
  ports: Pick<Ports, "db" | "storage">,
  id: number,
  settings: ConversionSettings,
  signal: AbortSignal,
): Promise<{ body: Buffer; etag: string }> {
  const image = await ports.db.image.findFirst({ where: { id, goneAt: null } });
  if (!image) throw new DomainError("not-found", `There is no image ${id}.`);
  const { key, etag } = image;
  const made = await tryConversion(ports, { id, key, etag, bytes: Number(image.bytes) }, settings, signal);
  if ("whyNot" in made) throw new DomainError("conflict", whyNot(key, made.whyNot));
  if ("outcome" in made) throw new DomainError("conflict", "The image cannot be read now. Try again later.");
  if (!made.ok) throw new DomainError("conflict", made.error);
  return { body: made.body, etag };
}
