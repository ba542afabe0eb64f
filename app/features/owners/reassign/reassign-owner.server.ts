import { goneSincePlan } from "~/features/images/since-plan";
import type { SetHandler } from "~/features/job-runs/kinds/handler";
import type { PlanSummary } from "~/features/job-runs/kinds/plan-summary";
import { jsonColumn } from "~/features/json-column";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { requireOwner } from "~/features/owners/require-owner.sql.server";
import type { Db } from "~/ports/db.server";
import { quote, quoteKey } from "~/quote";
import { ownerState, presentOwners, type Reassignment } from "./reassign-owner";
import {
  changeOwners,
  countByOwner,
  countOwned,
  countRecords,
  findOwnerConflicts,
  pickImages,
  plannedOwners,
} from "./reassign-owner.sql.server";

/** Images of a plan that people see. */
const SAMPLES = 8;

export const reassignOwnerHandler: SetHandler<Reassignment> = {
  async *planSet({ db, clock }, { runId, payload: { selection, toOwnerId } }, size) {
    const to = await requireOwner(db, toOwnerId);
    const known = { now: clock.now(), ...(await loadLabelSchema()) };
    const present = new Map<string, number>();
    const hasRecords = (await db.generation.findFirst({ select: { id: true } })) !== null;
    const stretches: number[] = [];
    let planned = 0;
    let records = 0;
    for await (const ids of pickImages(db, selection, known, toOwnerId)) {
      stretches.push(planned);
      planned += ids.length;
      for (let done = 0; done < ids.length; ) {
        const page = ids.slice(done, done + size());
        const range = yield plannedOwners(page, to);
        for (const { state, images } of await countByOwner(db, range)) {
          present.set(state, (present.get(state) ?? 0) + images);
        }
        if (hasRecords) records += await countRecords(db, page);
        done += page.length;
      }
    }
    const owned = await countOwned(db, selection, known, toOwnerId);
    return {
      ...(await summarize(db, runId, present)),
      ...(records > 0 && { followers: [{ what: "generation records", count: records }] }),
      leftOut: [{ what: `Belong to ${to.name} already`, count: owned }],
      ...(stretches.length > 1 && { stretches }),
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

async function summarize(db: Db, runId: number, present: ReadonlyMap<string, number>): Promise<PlanSummary> {
  const counts = [...present].map(([state, images]) => ({ state: jsonColumn(ownerState).parse(state), images }));
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
