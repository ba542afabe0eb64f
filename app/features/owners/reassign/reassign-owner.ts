import { z } from "zod";
import { imageSelection } from "~/features/images/query/image-selection";
import { defineJob } from "~/features/job-runs/kinds/definition";
import { setLimits } from "~/features/job-runs/kinds/set-limits";
import { describeStates } from "~/features/job-runs/kinds/state-words";
import { quote } from "~/quote";

/** Whom an image belongs to, as an item keeps it: an owner by id, with the name that he had then, or nobody. */
export const ownerState = z.object({ ownerId: z.string().nullable(), name: z.string().nullable() });

export const ownerWords = ({ ownerId, name }: z.infer<typeof ownerState>) => name ?? ownerId ?? "no owner";

/** Present owners that a plan names; the rest are summed up. */
const OWNERS_NAMED = 20;

type OwnerCount = { state: z.infer<typeof ownerState>; images: number };

/** What a plan says of present owners, most images first. */
export function presentOwners(counts: OwnerCount[]): { what: string; count: number }[] {
  const present = counts
    .map(({ state, images }) => ({ what: ownerWords(state), count: images }))
    .sort((a, b) => b.count - a.count || (a.what < b.what ? -1 : 1));
  const others = present.slice(OWNERS_NAMED);
  const rest = others.reduce((total, { count }) => total + count, 0);
  return [
    ...present.slice(0, OWNERS_NAMED),
    ...(others.length > 0 ? [{ what: `one of ${others.length} other owners`, count: rest }] : []),
  ];
}

/** Gives the images of a selection to another owner: rows change, objects and their keys stay. */
export const reassignOwner = defineJob({
  kind: "reassign-owner",
  title: "Reassign owner",
  payload: z.strictObject({
    /** Relative dates of a query are those of the moment at which the run was started. */
    selection: imageSelection,
    toOwnerId: z.string().min(1),
  }),
  describe: ({ toOwnerId }) => `Reassign images to ${quote(toOwnerId)}`,
  // Two plans over the same images may stand beside each other: the second skips what the first has changed.
  guard: null,
  describeState: describeStates(ownerState, ownerWords),
  ...setLimits,
  chunkSize: 1_000_000,
});

export type Reassignment = z.infer<typeof reassignOwner.payload>;
