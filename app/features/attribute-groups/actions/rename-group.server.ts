import type { z } from "zod";
import { DomainError } from "~/features/domain-error";
import type { ItemHandler } from "~/features/job-runs/kinds/handler";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { readNewName } from "~/features/label-schema/new-group-name";
import { quote } from "~/quote";
import { requireReadable } from "./archived-objects.server";
import type { renameGroup } from "./group-actions";
import { listExistingGroup, listGroup, requireUnsaid } from "./group-folders.server";
import { countFacts, referenceFact } from "./plan-facts";
import { moving, planMoves } from "./plan-moves.server";

/** Everything below the group's folder goes below the new one, under the same relative key. */
export const renameGroupHandler: ItemHandler<z.infer<typeof renameGroup.payload>> = {
  async *plan(ports, { payload, signal }) {
    const { storage } = ports;
    const schema = await loadLabelSchema();
    const root = findRoot(schema, payload.root);
    const { name, attributes } = readNewName(schema, root, payload.name);
    if (name === payload.group) throw new DomainError("conflict", `The group is called ${quote(name)} already.`);
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
    const facts = [...countFacts(group.objects), referenceFact(group.prefix, group.objects)];
    return yield* planMoves(ports, { moves, present: [], facts, signal });
  },
  ...moving,
};
