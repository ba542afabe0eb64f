import { z } from "zod";
import { bytes } from "~/features/format";
import { defineCheck, type Judgement } from "~/features/monitoring/check";

const reading = z.object({ bytes: z.number(), logBytes: z.number(), freeBytes: z.number() });

export const database = defineCheck({
  name: "database",
  title: "Database size",
  unit: "bytes",
  measures: "the database's file with its log",
  rule: "No room: the disk has less room than the file and its log take, so that no copy fits beside it. Long log: over 1 GB, because someone reads without end.",
  link: "/monitoring#database",
  reading,

  async measure({ db, machine }) {
    const { bytes: size, logBytes, freeBytes } = await machine.measureFile(db);
    return { bytes: size, logBytes, freeBytes };
  },

  judge: judgeDatabase,
});

const LONG_LOG_BYTES = 1e9;

export function judgeDatabase({ bytes: size, logBytes, freeBytes }: z.infer<typeof reading>): Judgement {
  const value = size + logBytes;
  const takes = `The database takes ${bytes(size)}, its log ${bytes(logBytes)}`;
  if (freeBytes < value) {
    const sentence = `${takes}, and the disk has only ${bytes(freeBytes)} left: a backup, or the copy before a migration, does not fit. Make room.`;
    return { verdict: "no room", level: "bad", sentence, value };
  }
  if (logBytes > LONG_LOG_BYTES) {
    const sentence = `${takes}. A log so long means that a process reads in one transaction without end: restart web and workers one after the other.`;
    return { verdict: "long log", level: "warn", sentence, value };
  }
  return { verdict: "healthy", level: "ok", sentence: `${takes}.`, value };
}
