import { z } from "zod";
import { DomainError } from "~/features/domain-error";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { readNewName } from "~/features/label-schema/new-group-name";
import { quote } from "~/quote";
import { defineGroupAction, text } from "./group-action";
import { requireSeen } from "./known-groups.server";
import { requireReadable } from "./planning/archived-objects.server";
import { listExistingGroup, listGroup, requireUnsaid } from "./planning/group-folders.server";
import { countObjects, referenceFact } from "./planning/plan-facts";
import { planMoves } from "./planning/plan-moves.server";

/** Everything below the group's folder goes below the new one, under the same relative key. */
export const renameGroup = defineGroupAction({
  kind: "rename-group",
  title: "Rename group",
  explains: "everything in the group's folder goes below the folder NAME, which must not exist",
  payload: z.strictObject({ root: text, group: text, /** The folder's new name. */ name: z.string() }),
  describe: ({ group, name }) => `Rename ${quote(group)} to ${quote(name)}`,
  groupsOf: ({ group, name }) => [group, name],

  async check(known, payload) {
    const { name } = readNewName(known.schema, known.root, payload.name);
    if (name === payload.group) throw alreadyCalled(name);
    await requireSeen(known, payload.group);
    return { ...payload, name };
  },

  async *plan(ports, { payload, signal }) {
    const { storage } = ports;
    const schema = await loadLabelSchema();
    const root = findRoot(schema, payload.root);
    const { name, attributes } = readNewName(schema, root, payload.name);
    if (name === payload.group) throw alreadyCalled(name);
    const group = await listExistingGroup(storage, root, payload.group, signal);
    const target = await listGroup(storage, root, name, signal);
    if (target.objects.length > 0) {
      throw new DomainError("conflict", `A folder ${quote(name)} exists already. Merge the two instead.`);
    }
    await requireUnsaid(storage, { schema, root }, { attributes, except: payload.group, signal });
    await requireReadable(storage, group, signal);

    const moves = group.objects.map((object) => ({
      object,
      to: `${target.prefix}${object.key.slice(group.prefix.length)}`,
    }));
    const facts = [referenceFact(group.prefix, group.objects)];
    return yield* planMoves(ports, { moves, present: [], counts: countObjects(group.objects), facts, signal });
  },
});

const alreadyCalled = (name: string) => new DomainError("conflict", `The group is called ${quote(name)} already.`);
