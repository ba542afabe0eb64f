import { findImageIds } from "~/features/attribute-groups/find-image-ids.server";
import { generationsPath } from "~/features/generations/history/generation-filter";
import { RECENT_DAYS, RECENT_SPAN } from "~/features/generations/uses/recent";
import { countUses } from "~/features/generations/uses/uses.sql.server";
import { baseName } from "~/features/images/key-layout";
import type { PlanSummary } from "~/features/job-runs/kinds/plan-summary";
import type { Ports } from "~/ports/index.server";
import { quote } from "~/quote";
import type { ChangedReference } from "./changed-references";

/** Of each reference that the agent would get otherwise, how many generations used it, with the way to them. */
export async function countAffected(
  { db, clock }: Pick<Ports, "db" | "clock">,
  changed: readonly ChangedReference[],
): Promise<Pick<PlanSummary, "drawnOtherwise">> {
  if (changed.length === 0) return {};
  const ids = await findImageIds(db, [...changed]);
  const now = clock.now();
  const drawnOtherwise = await Promise.all(
    changed.map(async ({ group, key, etag, becomes }) => {
      const imageId = ids.get(key);
      const uses = await countUses({ db, now }, imageId === undefined ? { key } : { imageId });
      const filter = imageId === undefined ? { key } : { reference: String(imageId) };
      return {
        ...{ what: `${quote(baseName(key))} of ${quote(group)}`, ...uses, days: RECENT_DAYS },
        to: generationsPath({ ...filter, ...(uses.recent > 0 && { since: RECENT_SPAN }) }),
        ...(becomes && { swap: { old: { key, etag }, new: becomes } }),
      };
    }),
  );
  return { drawnOtherwise };
}
