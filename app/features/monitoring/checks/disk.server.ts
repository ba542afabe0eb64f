import { z } from "zod";
import { bytes, percent } from "~/features/format";
import { defineCheck, type Judgement } from "~/features/monitoring/check";

const reading = z.object({ file: z.string(), diskBytes: z.number(), freeBytes: z.number() });

export const disk = defineCheck({
  name: "disk",
  title: "Disk",
  unit: "percent",
  measures: "of the disk that holds the database, what is taken",
  rule: "Low: less than a tenth is free, and less than 20 GB. Full: less than a fiftieth, or 1 GB; then nothing can be saved soon.",
  link: "/monitoring#disk",
  reading,

  async measure({ db, machine }) {
    const { file, diskBytes, freeBytes } = await machine.measureFile(db);
    return { file, diskBytes, freeBytes };
  },

  judge: judgeDisk,
});

const GB = 1e9;
const LOW = { share: 0.1, bytes: 20 * GB };
const FULL = { share: 0.02, bytes: GB };

export function judgeDisk({ file, diskBytes, freeBytes }: z.infer<typeof reading>): Judgement {
  const free = freeBytes / diskBytes;
  const value = (1 - free) * 100;
  const left = `${bytes(freeBytes)} of ${bytes(diskBytes)} (${percent(freeBytes, diskBytes)}) are free on the disk of ${file}`;
  if (free < FULL.share || freeBytes < FULL.bytes) {
    const sentence = `${left}. Make room now: once it is full, nothing is saved, and runs stand still until there is room.`;
    return { verdict: "full", level: "bad", sentence, value };
  }
  if (free < LOW.share && freeBytes < LOW.bytes) {
    return {
      verdict: "low",
      level: "warn",
      sentence: `${left}. Make room, or move the database to a larger disk.`,
      value,
    };
  }
  return { verdict: "healthy", level: "ok", sentence: `${left}.`, value };
}
