import { z } from "zod";
import { isDirect } from "~/features/attribute-groups/findings/audit-listing";
import { DomainError } from "~/features/domain-error";
import { baseName, isFolderMarker } from "~/features/images/key-layout";
import { trashKey } from "~/features/images/move/trash-key";
import type { AttributeRoot, LabelSchema } from "~/features/label-schema/label-schema";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { readNewName } from "~/features/label-schema/new-group-name";
import type { Storage } from "~/ports/storage.server";
import { quote } from "~/quote";
import { defineGroupAction, groupsOfKeys, keysInWords, pickedKeys, text } from "./group-action";
import { isSeen } from "./known-groups.server";
import { findArchived } from "./planning/archived-objects.server";
import { type GroupFolder, listGroup, requireUnsaid } from "./planning/group-folders.server";
import { countObjects, keepReference, referenceFact } from "./planning/plan-facts";
import { planMoves } from "./planning/plan-moves.server";
import { readPicked, requireBelow } from "./planning/read-picked.server";

/** What was picked goes directly into the group's folder, from however deep; the group keeps its reference image. */
export const moveImages = defineGroupAction({
  kind: "move-images",
  title: "Move images",
  explains: "the objects go directly into the group's folder, a new one if its name can be read",
  payload: z.strictObject({ root: text, keys: pickedKeys, to: text }),
  describe: ({ keys, to }) => `Move ${keysInWords(keys)} to ${quote(to)}`,
  groupsOf: ({ keys, to }, prefix) => [...new Set([...groupsOfKeys(keys, prefix), to])],

  async check(known, payload) {
    const { schema, root } = known;
    requireBelow(root, payload.keys);
    if (await isSeen(known, payload.to)) return payload;
    return { ...payload, to: readNewName(schema, root, payload.to).name };
  },

  async *plan(ports, { runId, payload, signal }) {
    const { storage } = ports;
    const schema = await loadLabelSchema();
    const root = findRoot(schema, payload.root);
    const group = await readTarget(storage, { schema, root }, { name: payload.to, signal });
    const picked = await readPicked(storage, root, { keys: payload.keys, signal });

    const coming = picked
      .filter(({ key }) => !(key.startsWith(group.prefix) && isDirect(group.prefix, key)))
      // A folder whose files were lifted out of it has no use for its marker.
      .map((object) => ({
        object,
        to: isFolderMarker(object.key) ? trashKey(runId, object.key) : `${group.prefix}${baseName(object.key)}`,
      }));
    if (coming.length === 0) {
      throw new DomainError("conflict", `Everything you selected is already in ${quote(group.name)}.`);
    }
    const { moves, facts } = keepReference(group.prefix, group.objects, coming);
    return yield* planMoves(ports, {
      signal,
      moves,
      archived: await findArchived(storage, picked, signal),
      present: group.objects,
      counts: countObjects(coming.map(({ object }) => object)),
      facts: [
        ...(group.objects.length === 0 ? [{ label: "New group", value: group.name }] : []),
        ...facts,
        referenceFact(group.prefix, group.objects, moves),
      ],
    });
  },
});

/** The group that things are moved to; a new one by a name that says what no other does. */
async function readTarget(
  storage: Storage,
  { schema, root }: { schema: LabelSchema; root: AttributeRoot },
  { name, signal }: { name: string; signal: AbortSignal },
): Promise<GroupFolder> {
  const group = await listGroup(storage, root, name, signal);
  if (group.objects.length > 0) return group;
  const wanted = readNewName(schema, root, name);
  await requireUnsaid(storage, { schema, root }, { attributes: wanted.attributes, signal });
  return listGroup(storage, root, wanted.name, signal);
}
