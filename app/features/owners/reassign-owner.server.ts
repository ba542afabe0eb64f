import { goneSincePlan } from "~/features/images/since-plan";
import type { SetHandler } from "~/features/job-runs/kinds/handler";
import type { PlanSummary } from "~/features/job-runs/kinds/plan-summary";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import type { Db } from "~/ports/db.server";
import { quote, quoteKey } from "~/quote";
import { presentOwners, type Reassignment } from "./reassign-owner";
import {
  changeOwners,
  countByOwner,
  countOwned,
  findOwnerConflicts,
  pickImages,
  plannedOwners,
} from "./reassign-owner.sql.server";
import { requireOwner } from "./require-owner.sql.server";

/** Images of a plan that people see. */
const SAMPLES = 8;

export const reassignOwnerHandler: SetHandler<Reassignment> = {
  async *planSet({ db, clock }, { runId, payload: { selection, toOwnerId } }, size) {
    const to = await requireOwner(db, toOwnerId);
    const known = { now: clock.now(), ...(await loadLabelSchema()) };
    for (let after = 0; ; ) {
      const page = await pickImages(db, selection, known, { toOwnerId, after, limit: size() });
      if (page.count === 0) break;
      yield plannedOwners(page.ids, to);
      after = page.last;
    }
    const owned = await countOwned(db, selection, known, toOwnerId);
    return {
      ...(await summarize(db, runId)),
      leftOut: [{ what: `Belong to ${to.name} already`, count: owned }],
    };
  },

  applyChunk: (tx, range) => changeOwners(tx, range, "This image's owner changed since the plan was made."),

  undo: {
    async findConflicts({ db }, range, { sample }) {
      const { count, first } = await findOwnerConflicts(db, range, sample);
      return { count, sample: first.map(conflictWords) };
    },
    undoChunk: (tx, range) => changeOwners(tx, range, "This image's owner changed since the run."),
  },
};

type Conflict = Awaited<ReturnType<typeof findOwnerConflicts>>["first"][number];

/** Why an image cannot be given back. */
export function conflictWords({ key, isThere, belongsTo, hasOwner }: Conflict): string {
  if (!isThere) return `${quoteKey(key)}: ${goneSincePlan.reason}`;
  if (!hasOwner) return `The former owner of ${quoteKey(key)} is no longer there.`;
  return `${quoteKey(key)} ${belongsTo === null ? "has no owner now" : `belongs to ${quote(belongsTo)} now`}.`;
}

async function summarize(db: Db, runId: number): Promise<PlanSummary> {
  const counts = await countByOwner(db, runId);
  const samples = await db.jobItem.findMany({
    where: { runId },
    orderBy: { seq: "asc" },
    take: SAMPLES,
    select: { subject: true },
  });
  return {
    images: counts.reduce((total, { images }) => total + images, 0),
    present: presentOwners(counts),
    samples: samples.map(({ subject }) => Number(subject)),
  };
}
