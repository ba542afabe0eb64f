import { z } from "zod";
import { moveTarget } from "~/features/images/move/object-move";
import { keepRules } from "./choose-kept";

/** As many groups as a person picks by hand. */
export const GROUPS_AT_MOST = 1_000;

/** Which groups of a search: these, or all of a kind, perhaps of one owner; and which image of each is kept. */
export const removal = z.strictObject({
  /** Without it, as plans of before were made, of the newest. */
  searchId: z.int().positive().optional(),
  kind: z.enum(["same", "alike"]),
  groups: z.array(z.int().positive()).min(1).max(GROUPS_AT_MOST).nullable(),
  ownerId: z.string().min(1).nullable(),
  keep: z.enum(keepRules),
});
export type Removal = z.infer<typeof removal>;

/** Where a removed image lies, the image that stays in its place, and why the plan knows that it will not go. */
export const removedTo = moveTarget.extend({
  kept: z.object({ key: z.string(), etag: z.string() }).optional(),
  /** The public address at which it is found no more, and how many generation records name it as a reference; absent: none. */
  address: z.string().optional(),
  references: z.number().optional(),
  conflict: z.string().optional(),
});
