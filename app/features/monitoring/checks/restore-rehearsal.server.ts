import { z } from "zod";
import { rehearsed, rehearseRestore } from "~/features/backups/rehearse-restore";
import { bytes, count, duration, exactTime } from "~/features/format";
import { defineCheck, type Judgement } from "~/features/monitoring/check";
import { quoteKey } from "~/quote";
import { readLastRun } from "./read-last-run.server";

const reading = z.object({
  /** How the last rehearsal that ended went: `sentence` says why it failed. */
  last: z
    .object({ runId: z.number(), endedAt: z.number(), sentence: z.string().nullable(), found: rehearsed.nullable() })
    .nullable(),
  dueSince: z.number().nullable(),
});

export const restoreRehearsal = defineCheck({
  name: "restore-rehearsal",
  title: "Restore rehearsal",
  unit: "seconds",
  measures: "what it took to fetch, check and restore the newest backup",
  rule: "Failed: the last rehearsal could not restore the newest backup. Old: none succeeded for 35 days; one is due each month.",
  link: "/job-runs?kind=rehearse-restore",
  reading,

  async measure({ db }) {
    const { outcome, dueSince } = await readLastRun(db, rehearseRestore, {
      subject: "newest",
      check: "restore-rehearsal",
    });
    if (outcome === null) return { last: null, dueSince };
    const { after, ...last } = outcome;
    return { last: { ...last, found: rehearsed.safeParse(after).data ?? null }, dueSince };
  },

  judge: ({ last, dueSince }, { at }) => judgeRehearsal({ last, dueSince }, at),
});

const OLD_MS = 35 * 24 * 60 * 60_000;

export function judgeRehearsal({ last, dueSince }: z.infer<typeof reading>, at: Date): Judgement {
  const again = "Start “Rehearse restore” on the page Jobs.";
  if (last === null) {
    const sentence = `No restore was rehearsed yet; one is due each month. ${again}`;
    const isDue = dueSince !== null && at.getTime() - dueSince > OLD_MS;
    return { verdict: "none", level: isDue ? "warn" : "ok", sentence, value: null };
  }
  const ended = exactTime(new Date(last.endedAt));
  if (last.sentence !== null || last.found === null) {
    const why = last.sentence ?? "it left no result.";
    const sentence = `The rehearsal of ${ended} (run ${last.runId}) could not restore the newest backup: ${why}`;
    return { verdict: "failed", level: "bad", sentence, value: null };
  }
  const { key, databaseBytes, rows, seconds: value } = last.found;
  const told = `On ${ended} ${quoteKey(key)} was restored and checked: ${bytes(databaseBytes)} with ${count(rows)} rows, in ${duration(value)}.`;
  if (at.getTime() - last.endedAt > OLD_MS) {
    return { verdict: "old", level: "warn", sentence: `${told} None was rehearsed since. ${again}`, value };
  }
  return { verdict: "passed", level: "ok", sentence: told, value };
}
