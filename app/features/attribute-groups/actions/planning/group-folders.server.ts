import { DomainError } from "~/features/domain-error";
import { folderName } from "~/features/images/key-layout";
import { readGroupName } from "~/features/label-schema/group-name";
import {
  type AttributeRoot,
  type Attributes,
  describeAttributes,
  type LabelSchema,
} from "~/features/label-schema/label-schema";
import type { Storage, StoredObject } from "~/ports/storage.server";
import { quote, quoteKey } from "~/quote";

/** A group's folder as S3 lists it. */
export type GroupFolder = { name: string; prefix: string; objects: StoredObject[] };

/** Everything below a group's folder in key order, its marker included; nothing where there is no such folder. */
export async function listGroup(
  storage: Storage,
  root: AttributeRoot,
  name: string,
  signal: AbortSignal,
): Promise<GroupFolder> {
  if (name.includes("/")) throw new DomainError("invalid", `${quote(name)} is not a group: its name has a “/”.`);
  const prefix = `${root.prefix}${name}/`;
  return { name, prefix, objects: await listFolder(storage, prefix, signal) };
}

/** @throws DomainError "not-found" where there is no such folder */
export async function listExistingGroup(
  storage: Storage,
  root: AttributeRoot,
  name: string,
  signal: AbortSignal,
): Promise<GroupFolder> {
  const group = await listGroup(storage, root, name, signal);
  if (group.objects.length > 0) return group;
  throw new DomainError(
    "not-found",
    `There is no folder ${quote(name)} in ${quoteKey(root.prefix)} any more. Audit ${root.name}.`,
  );
}

export async function listFolder(storage: Storage, prefix: string, signal: AbortSignal): Promise<StoredObject[]> {
  const found: StoredObject[] = [];
  for await (const { objects } of storage.list({ prefix, signal })) found.push(...objects);
  return found;
}

/**
 * Holds that no folder of the root says these attributes, `except` apart: two groups of the same attributes leave the
 * image agent without a reference.
 * @throws DomainError "conflict" that names it
 */
export async function requireUnsaid(
  storage: Storage,
  { schema, root }: { schema: LabelSchema; root: AttributeRoot },
  { attributes, except, signal }: { attributes: Attributes; except?: string; signal: AbortSignal },
): Promise<void> {
  const wanted = JSON.stringify(attributes);
  for await (const { prefixes } of storage.list({ prefix: root.prefix, delimiter: "/", signal })) {
    for (const prefix of prefixes) {
      const name = folderName(prefix);
      if (name === except || JSON.stringify(readGroupName(name, root, schema).attributes) !== wanted) continue;
      const said = describeAttributes(attributes);
      throw new DomainError(
        "conflict",
        `${quote(name)} stands for ${said} already. Merge the two, or choose another name.`,
      );
    }
  }
}
