import { folderBelow, folderName } from "~/features/images/key-layout";
import { readGroupName } from "./group-name";
import type { Attributes, LabelSchema } from "./label-schema";

/** The group that a key lies in, with the attributes that its folder states (none when its name cannot be read). */
export type KeyGroup = { root: string; name: string; attributes: Attributes };

/** Reads the group of a key, each folder's name once; null for a key outside all roots, or at a root itself. */
export function groupReader(schema: LabelSchema): (key: string) => KeyGroup | null {
  const known = new Map<string, KeyGroup>();
  return (key) => {
    const root = schema.roots.find(({ prefix }) => key.startsWith(prefix));
    const folder = root && folderBelow(root.prefix, key);
    if (!root || !folder) return null;
    const name = folderName(folder);
    const group = known.get(folder) ?? {
      root: root.name,
      name,
      attributes: readGroupName(name, root, schema).attributes ?? {},
    };
    known.set(folder, group);
    return group;
  };
}
