import type { z } from "zod";
import { DomainError } from "~/features/domain-error";
import { isFolderMarker } from "~/features/images/key-layout";
import type { ItemHandler } from "~/features/job-runs/kinds/handler";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { quote } from "~/quote";
import { requireReadable } from "./archived-objects.server";
import { keepReference } from "./former-reference";
import type { mergeGroups } from "./group-actions";
import { listExistingGroup } from "./group-folders.server";
import { countFacts, referenceFact } from "./plan-facts";
import { moving, planMoves, trashKey } from "./plan-moves.server";

/** Everything below a group goes below the other, under the same relative key; the other keeps its reference image. */
export const mergeGroupsHandler: ItemHandler<z.infer<typeof mergeGroups.payload>> = {
  async *plan(ports, { runId, payload, signal }) {
    const { storage } = ports;
    const root = findRoot(await loadLabelSchema(), payload.root);
    if (payload.group === payload.into) {
      throw new DomainError("invalid", `${quote(payload.group)} cannot be merged with itself. Choose another group.`);
    }
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
      facts: [...countFacts(group.objects), ...facts, referenceFact(into.prefix, into.objects, moves)],
    });
  },
  ...moving,
};
