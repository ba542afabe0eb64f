import { baseName } from "~/features/images/key-layout";
import type { Db } from "~/ports/db.server";
import { quote } from "~/quote";
import type { ChosenReference, MissingReference } from "./choose-references";
import { AGE } from "./reference-request";

/**
 * Of these references those whose image, with just these bytes, has this age range as its accepted label. The others are missing,
 * each with its reason: what a folder's name, a proposal or a stale label says counts for nothing.
 */
export async function narrowByAge(
  db: Db,
  references: readonly ChosenReference[],
  asked: string,
): Promise<{ references: ChosenReference[]; missing: MissingReference[] }> {
  const images = await db.image.findMany({
    where: { key: { in: references.map(({ key }) => key) }, goneAt: null },
    select: { key: true, etag: true, labels: { where: { attribute: AGE }, select: { value: true, etag: true } } },
  });
  const byKey = new Map(images.map((image) => [image.key, image]));
  const kept: ChosenReference[] = [];
  const missing: MissingReference[] = [];
  for (const reference of references) {
    const { group, attributes, key, etag } = reference;
    const image = byKey.get(key);
    const label = image?.labels[0];
    const what = `The reference image of ${quote(group)}, ${quote(baseName(key))},`;
    const lacks = (type: MissingReference["type"], reason: string) =>
      missing.push({ type, attributes, groups: [group], reason: `${what} ${reason}` });
    if (image?.etag !== etag) lacks("not-indexed", "is not indexed as the audit saw it, so its labels are not known.");
    else if (!label) lacks("no-label", "has no accepted label for its age range.");
    else if (label.etag !== etag) {
      lacks("stale-label", `was replaced after it was labeled age range ${label.value}; label it again.`);
    } else if (label.value !== asked) lacks("other-label", `is labeled age range ${label.value}.`);
    else kept.push({ ...reference, why: `${reference.why} It is labeled age range ${asked}.` });
  }
  return { references: kept, missing };
}
