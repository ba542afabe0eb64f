import { compareStrings } from "~/features/compare-strings";
import { baseName, folderBelow, folderName, hasImageExtension, isFolderMarker } from "~/features/images/key-layout";
import { type GroupNameReading, readGroupName } from "~/features/label-schema/group-name";
import type { AttributeRoot, LabelSchema } from "~/features/label-schema/label-schema";
import type { StoredObject } from "~/ports/storage.server";

/** One group as a listing shows it; every list in key order. */
export type AuditedGroup = {
  /** The folder, its "/" included. */
  prefix: string;
  /** The folder's name, exactly. */
  name: string;
  reading: GroupNameReading;
  /** Everything below the folder but folder markers. */
  objects: StoredObject[];
  /** What lies directly in it, is named as a picture and is not empty. */
  images: StoredObject[];
  /** Images named `reference.*` or `ref.*`. */
  candidates: StoredObject[];
  /** The only candidate; without one, the only image; else none: never one of several. */
  reference: StoredObject | null;
};

export type AuditedRoot = {
  groups: AuditedGroup[];
  /** Objects that lie at the root, in no group. */
  strays: StoredObject[];
};

const REFERENCE_NAME = /^(?:reference|ref)\.[^.]+$/i;

/** Sorts a root's objects into its groups: every direct subfolder is one, readable or not, a bare folder marker too. */
export function auditListing(schema: LabelSchema, root: AttributeRoot, objects: readonly StoredObject[]): AuditedRoot {
  const strays: StoredObject[] = [];
  const folders = new Map<string, StoredObject[]>();
  for (const object of objects) {
    const folder = folderBelow(root.prefix, object.key);
    if (folder !== null) {
      const members = folders.get(folder) ?? [];
      if (!isFolderMarker(object.key)) members.push(object);
      folders.set(folder, members);
    } else if (object.key !== root.prefix) strays.push(object);
  }
  const groups = Array.from(folders, ([prefix, members]) => auditGroup(schema, root, prefix, members.sort(byKey)));
  return { groups: groups.sort((a, b) => compareStrings(a.name, b.name)), strays: strays.sort(byKey) };
}

function auditGroup(schema: LabelSchema, root: AttributeRoot, prefix: string, objects: StoredObject[]): AuditedGroup {
  const name = folderName(prefix);
  return { prefix, name, reading: readGroupName(name, root, schema), objects, ...findReference(prefix, objects) };
}

/** The pictures of a folder, and the one among them that stands for it. */
export function findReference<O extends { key: string; bytes: number }>(
  prefix: string,
  objects: readonly O[],
): { images: O[]; candidates: O[]; reference: O | null } {
  const images = objects.filter(({ key, bytes }) => isDirect(prefix, key) && hasImageExtension(key) && bytes > 0);
  const candidates = images.filter(({ key }) => isReferenceName(key));
  const [reference = null, ...others] = candidates.length > 0 ? candidates : images;
  return { images, candidates, reference: others.length > 0 ? null : reference };
}

/** True for a picture that is named to stand for its group. */
export function isReferenceName(key: string): boolean {
  return REFERENCE_NAME.test(baseName(key));
}

/** True for what lies in the folder itself, not deeper. */
export function isDirect(prefix: string, key: string): boolean {
  return !key.includes("/", prefix.length);
}

const byKey = (a: StoredObject, b: StoredObject) => compareStrings(a.key, b.key);
