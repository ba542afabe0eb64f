import { findReference } from "~/features/attribute-groups/findings/audit-listing";
import { groupBy } from "~/features/group-by";
import { readGroupName } from "~/features/label-schema/group-name";
import type { AttributeRoot, LabelSchema } from "~/features/label-schema/label-schema";

type Listed = { key: string; etag: string; bytes: number };
type Folder = { name: string; prefix: string; objects: readonly Listed[] };

type Named = { key: string; etag: string };

/**
 * A reference image that the agent gets now and would get otherwise, or not at all. `becomes`: what it would get in its place, by the
 * key that this has now; null: nothing.
 */
export type ChangedReference = Named & { group: string; becomes: Named | null };

/**
 * The references of some folders in whose place the agent would get others once these moves are done. It asks by attributes and
 * draws with bytes: a folder that says the same by another name, or an image that only has another key, changes nothing.
 * @param folders all that moves come from or go to
 */
export function changedReferences(
  { schema, root }: { schema: LabelSchema; root: AttributeRoot },
  folders: readonly Folder[],
  moves: readonly { object: { key: string }; to: string }[],
): ChangedReference[] {
  const keys = new Map(moves.map(({ object, to }) => [object.key, to]));
  const objects = folders.flatMap((folder) => folder.objects);
  const afterwards = objects.map((object) => ({ ...object, key: keys.get(object.key) ?? object.key }));
  const now = chosenIn({ schema, root }, folders, objects);
  const then = chosenIn({ schema, root }, folders, afterwards);
  const keysNow = new Map(moves.map(({ object, to }) => [to, object.key]));
  const asItLiesNow = ({ key, etag }: Named) => ({ key: keysNow.get(key) ?? key, etag });
  return Array.from(now)
    .filter(([attributes, { etag }]) => then.get(attributes)?.etag !== etag)
    .map(([attributes, reference]) => {
      const becomes = then.get(attributes);
      return { ...reference, becomes: becomes ? asItLiesNow(becomes) : null };
    });
}

/** By the attributes that they say, the references of folders. Of two that say the same, none is taken. */
function chosenIn(
  { schema, root }: { schema: LabelSchema; root: AttributeRoot },
  folders: readonly Folder[],
  objects: readonly Listed[],
): Map<string, Omit<ChangedReference, "becomes">> {
  const said = folders.flatMap(({ name, prefix }) => {
    const inFolder = objects.filter(({ key }) => key.startsWith(prefix));
    const { attributes } = readGroupName(name, root, schema);
    if (attributes === null || inFolder.length === 0) return [];
    const { reference } = findReference(prefix, inFolder);
    return [{ attributes: JSON.stringify(attributes), name, reference }];
  });
  const chosen = new Map<string, Omit<ChangedReference, "becomes">>();
  for (const [attributes, alike] of groupBy(said, (one) => one.attributes)) {
    const [only, ...others] = alike;
    if (!only?.reference || others.length > 0) continue;
    chosen.set(attributes, { group: only.name, key: only.reference.key, etag: only.reference.etag });
  }
  return chosen;
}
