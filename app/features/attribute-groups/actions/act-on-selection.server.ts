import type { Actor } from "~/features/audit-log/record-event";
import { DomainError } from "~/features/domain-error";
import { count } from "~/features/format";
import { readSelectedKeys, requireImages } from "~/features/images/browse/require-images.sql.server";
import type { ImageSelection } from "~/features/images/query/image-selection";
import { findRoot, loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import type { Clock } from "~/ports/clock.server";
import type { Db } from "~/ports/db.server";
import { quoteKey } from "~/quote";
import { KEYS_AT_MOST } from "./group-action";
import { startGroupAction } from "./start-group-action.server";

/** What can be done with selected images of a root; the keys come from the selection. */
export type ActionOnSelection = { selection: ImageSelection; root: string } & (
  | { kind: "move-images"; to: string }
  | { kind: "quarantine-objects" }
);

/**
 * Starts the plan of an action on selected images of a root, by the keys that they have now.
 * @throws DomainError "invalid" for images of elsewhere, or more than move at once; what `startGroupAction` refuses
 */
export async function actOnSelection(
  deps: { db: Db; clock: Clock },
  { selection, ...action }: ActionOnSelection,
  actor: Actor,
): Promise<{ runId: number }> {
  const schema = await loadLabelSchema();
  const root = findRoot(schema, action.root);
  const known = { now: deps.clock.now(), ...schema };
  const frozen = await requireImages(deps.db, selection, known);
  const keys = await readSelectedKeys(deps.db, frozen, known, KEYS_AT_MOST + 1);
  if (keys.length > KEYS_AT_MOST) {
    throw new DomainError(
      "invalid",
      `More than ${count(KEYS_AT_MOST)} images are selected, and no more than that can be moved at once. Select fewer.`,
    );
  }
  const outside = keys.filter((key) => !key.startsWith(root.prefix));
  const [first] = outside;
  if (first !== undefined) {
    throw new DomainError(
      "invalid",
      `${whichOf(outside.length, keys.length)} not below ${quoteKey(root.prefix)}, such as ${quoteKey(first)}. Select only images that are.`,
    );
  }
  if (keys.length === 0) throw new DomainError("invalid", "The selected images are no longer in the bucket.");
  return startGroupAction(deps, { ...action, keys }, actor);
}

function whichOf(some: number, all: number): string {
  if (all === 1) return "The selected image is";
  if (some === all) return `All ${count(all)} selected images are`;
  return `${count(some)} of the ${count(all)} selected images ${some === 1 ? "is" : "are"}`;
}
