import { z } from "zod";
import { DomainError } from "~/features/domain-error";
import { isFolderMarker } from "~/features/images/key-layout";
import { trashKey } from "~/features/images/move/trash-key";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { quote } from "~/quote";
import { defineGroupAction, text } from "./group-action";
import { requireSeen } from "./known-groups.server";
import { requireReadable } from "./planning/archived-objects.server";
import { listExistingGroup } from "./planning/group-folders.server";
import { countObjects, keepReference, referenceFact } from "./planning/plan-facts";
import { planMoves } from "./planning/plan-moves.server";

/** Everything below a group goes below the other, under the same relative key; the other keeps its reference image. */
export const mergeGroups = defineGroupAction({
  kind: "merge-groups",
  title: "Merge groups",
  explains: "everything in the group's folder goes into the other one, which keeps its reference image",
  payload: z.strictObject({ root: text, /** The group that is gone afterwards. */ group: text, into: text }),
  describe: ({ group, into }) => `Merge ${quote(group)} into ${quote(into)}`,
  groupsOf: ({ group, into }) => [group, into],

  async check(known, payload) {
    requireTwo(payload);
    await requireSeen(known, payload.group);
    await requireSeen(known, payload.into);
    return payload;
  },

  async *plan(ports, { runId, payload, signal }) {
    const { storage } = ports;
    const root = findRoot(await loadLabelSchema(), payload.root);
    requireTwo(payload);
    const group = await listExistingGroup(storage, root, payload.group, signal);
    const into = await listExistingGroup(storage, root, payload.into, signal);
    await requireReadable(storage, group, signal);
    const present = new Set(into.objects.map(({ key }) => key));

    const coming = group.objects.map((object) => {
      const to = `${into.prefix}${object.key.slice(group.prefix.length)}`;
      // Two markers of one folder are no two things.
      return { object, to: isFolderMarker(to) && present.has(to) ? trashKey(runId, object.key) : to };
    });
    const { moves, facts } = keepReference(into.prefix, into.objects, coming);
    return yield* planMoves(ports, {
      signal,
      moves,
      present: into.objects,
      counts: countObjects(group.objects),
      facts: [...facts, referenceFact(into.prefix, into.objects, moves)],
    });
  },
});

function requireTwo({ group, into }: { group: string; into: string }): void {
  if (group !== into) return;
  throw new DomainError("invalid", `${quote(group)} cannot be merged with itself. Choose another group.`);
}
