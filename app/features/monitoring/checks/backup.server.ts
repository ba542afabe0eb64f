import { z } from "zod";
import { backUpDatabase } from "~/features/backups/back-up-database";
import { type Backup, findNewestBackup } from "~/features/backups/list-backups.server";
import { bytes, duration, exactTime, plural } from "~/features/format";
import { defineCheck, type Judgement } from "~/features/monitoring/check";
import { quoteKey } from "~/quote";
import { readLastRun } from "./read-last-run.server";

const reading = z.object({
  /** The newest whole one in the bucket: what a listing and its manifest tell, whatever runs say; null: there is none. */
  last: z.object({ key: z.string(), takenAt: z.number(), bytes: z.number(), databaseBytes: z.number() }).nullable(),
  /** How many there are, whole ones or not. */
  count: z.number(),
  /** Newer than the last whole one: why they are not, the newest first. */
  broken: z.array(z.string()),
  /** Why the last run that ended made none; null: it made one, or none ended. */
  failure: z.object({ runId: z.number(), endedAt: z.number(), sentence: z.string() }).nullable(),
  /** Since when backups are due here. */
  dueSince: z.number().nullable(),
});

export const backup = defineCheck({
  name: "backup",
  title: "Backup",
  unit: "seconds",
  measures: "age of the newest whole backup in the bucket",
  rule: "Old: the newest whole backup in the bucket is of more than 26 hours ago; one is due each night. Failing: the last run made none. None: there is none, 26 hours after the first was due.",
  link: "/job-runs?kind=back-up-database",
  reading,

  async measure(ports, { signal }) {
    const { newest, broken, count } = await findNewestBackup(ports, signal);
    const { outcome, dueSince } = await readLastRun(ports.db, backUpDatabase, { subject: "backup", check: "backup" });
    const failure = outcome && outcome.sentence !== null ? { ...outcome, sentence: outcome.sentence } : null;
    return { last: newest && sizesOf(newest), count, broken, failure, dueSince };
  },

  judge: (found, { at }) => judgeBackups(found, at),
});

function sizesOf({ key, takenAt, manifest }: Backup) {
  return { key, takenAt: takenAt.getTime(), bytes: manifest.bytes, databaseBytes: manifest.databaseBytes };
}

const OLD_MS = 26 * 60 * 60_000;

export function judgeBackups(found: z.infer<typeof reading>, at: Date): Judgement {
  const { last, count, broken, failure, dueSince } = found;
  const isNewFailure = failure !== null && failure.endedAt > (last?.takenAt ?? 0);
  const why = isNewFailure ? ` Run ${failure.runId} made none: ${failure.sentence}` : "";
  const cut = broken[0] === undefined ? "" : ` ${broken[0]}`;
  if (last === null) {
    const isDue = dueSince !== null && at.getTime() - dueSince > OLD_MS;
    const sentence = `There is no whole backup in the bucket.${why}${cut} Start “Back up database” on the page Jobs.`;
    // A console makes its first one in its first night.
    if (!isDue && !isNewFailure) return { verdict: "none", level: "ok", sentence, value: null };
    return { verdict: isNewFailure ? "failing" : "none", level: "bad", sentence, value: null };
  }
  const ageMs = at.getTime() - last.takenAt;
  const value = Math.max(0, Math.round(ageMs / 1_000));
  const size = `${bytes(last.bytes)}, ${bytes(last.databaseBytes)} unpacked`;
  const newest = `The newest whole backup is of ${exactTime(new Date(last.takenAt))}: ${quoteKey(last.key)} (${size}).`;
  if (ageMs > OLD_MS) {
    const todo = why === "" ? " Look whether a worker runs and the schedule is on." : "";
    const sentence = `${newest} That is ${duration(value)} ago.${why}${cut}${todo} Start “Back up database” on the page Jobs.`;
    return { verdict: "old", level: "bad", sentence, value };
  }
  if (isNewFailure) return { verdict: "failing", level: "warn", sentence: `${newest}${why}${cut}`, value };
  return { verdict: "fresh", level: "ok", sentence: `${newest} ${plural(count, "backup")} in all.`, value };
}
