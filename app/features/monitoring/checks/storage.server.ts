import { z } from "zod";
import { bytes, exactTime, plural } from "~/features/format";
import { defineCheck, type Judgement } from "~/features/monitoring/check";
import { snapshotStorage } from "~/features/storage-totals/count/snapshot-storage";
import { newestSnapshot } from "~/features/storage-totals/snapshots";
import { readLastRun } from "./read-last-run.server";

const NAME = "storage";
const DAY_MS = 24 * 60 * 60_000;

const reading = z.object({
  /** The newest snapshot; null: none was taken. */
  snapshot: z.object({ takenAt: z.number(), objects: z.number(), bytes: z.number() }).nullable(),
  /** Why the last run that ended took none; null: it did, or there was none. */
  failure: z.string().nullable(),
  /** When this was first measured. */
  dueSince: z.number().nullable(),
});

export const storage = defineCheck({
  name: NAME,
  title: "Storage",
  unit: "bytes",
  measures: "bytes in the bucket when it was last counted",
  rule: "Failed: the last snapshot came to nothing. Old: none for a day and a half; one is taken each night.",
  link: "/storage",
  reading,

  async measure({ db, storage: { bucket } }) {
    const [newest, { outcome, dueSince }] = await Promise.all([
      db.storageSnapshot.findFirst({ ...newestSnapshot, select: { takenAt: true, objects: true, bytes: true } }),
      readLastRun(db, snapshotStorage, { subject: bucket, check: NAME }),
    ]);
    return {
      snapshot: newest && {
        takenAt: newest.takenAt.getTime(),
        objects: newest.objects,
        bytes: Number(newest.bytes),
      },
      failure: outcome?.sentence ?? null,
      dueSince,
    };
  },

  judge: (found, { at }) => judgeStorage(found, at),
});

const OLD_MS = 1.5 * DAY_MS;

export function judgeStorage({ snapshot, failure, dueSince }: z.infer<typeof reading>, at: Date): Judgement {
  const value = snapshot?.bytes ?? null;
  if (failure !== null) {
    const sentence = `The last snapshot of the bucket failed: ${failure}`;
    return { verdict: "failed", level: "warn", sentence, value };
  }
  if (snapshot && at.getTime() - snapshot.takenAt <= OLD_MS) {
    const sentence = `${plural(snapshot.objects, "object")}, ${bytes(snapshot.bytes)} on ${exactTime(new Date(snapshot.takenAt))}.`;
    return { verdict: "counted", level: "ok", sentence, value };
  }
  const how = "Press “Snapshot now” on the page Storage; its run says why where it fails.";
  if (snapshot) {
    const sentence = `The bucket was last counted on ${exactTime(new Date(snapshot.takenAt))}. ${how}`;
    return { verdict: "old", level: "warn", sentence, value };
  }
  // On its first day a console is checked before its first snapshot was due.
  const isDue = dueSince !== null && at.getTime() - dueSince > OLD_MS;
  const sentence = isDue ? `The bucket was never counted. ${how}` : "The bucket was not counted yet.";
  return { verdict: "never counted", level: isDue ? "warn" : "ok", sentence, value, ...(!isDue && { troubles: [] }) };
}
