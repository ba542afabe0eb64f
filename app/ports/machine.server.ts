import { stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { Clock } from "./clock.server";
import type { Db } from "./db.server";
import { runScript } from "./run-script.server";

/** The database's file and the disk that it lies on, in bytes. */
export type FileSizes = {
  file: string;
  bytes: number;
  /** The write-ahead log beside it. */
  logBytes: number;
  diskBytes: number;
  /** What is left of the disk for whoever is not root. */
  freeBytes: number;
};

/** How far our clock is ahead of another machine's, and how exactly that is known, in seconds. */
export type ClockOffset = { aheadSeconds: number; withinSeconds: number };

/** The machine that this process runs on: its disk, and its clock beside those of others. */
export type Machine = {
  /** How large a database is, and how much room there is beside it. */
  measureFile(db: Pick<Db, "$file">): Promise<FileSizes>;
  /**
   * Compares a clock with the `Date` header of whoever answers at this address, whatever the answer is. A header has whole
   * seconds, and the answer took its time: so it is only known within some.
   * @throws Error when nothing answers within 10 s, or without a time
   */
  compareClock(url: string, clock: Clock, signal: AbortSignal): Promise<ClockOffset>;
  /**
   * Runs one of scripts/ with --json on a database, in a process of its own: SQLite would hold up this one for as long as it
   * copies or checks a file.
   * @returns the document that it printed
   * @throws DatabaseNotReady with the sentence that it ended with
   */
  runScript(name: string, args: string[], options: { file: string; signal: AbortSignal }): Promise<unknown>;
};

const TIMEOUT_MS = 10_000;

export const systemMachine: Machine = {
  runScript,

  async measureFile({ $file: file }) {
    const [{ size: bytes }, log, disk] = await Promise.all([
      stat(file),
      stat(`${file}-wal`).catch(() => ({ size: 0 })),
      statfs(dirname(file)),
    ]);
    return {
      ...{ file, bytes, logBytes: log.size },
      diskBytes: disk.blocks * disk.bsize,
      freeBytes: disk.bavail * disk.bsize,
    };
  },

  async compareClock(url, clock, signal) {
    const before = clock.now().getTime();
    const response = await fetch(url, {
      method: "HEAD",
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    const after = clock.now().getTime();
    await response.body?.cancel();
    const told = Date.parse(response.headers.get("Date") ?? "");
    if (Number.isNaN(told)) throw new Error("The answer does not tell the time.");
    const middle = (before + after) / 2;
    return { aheadSeconds: (middle - (told + 500)) / 1_000, withinSeconds: 0.5 + (after - before) / 2_000 };
  },
};
