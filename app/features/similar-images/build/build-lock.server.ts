import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { indexFolder, isOf } from "~/features/similar-images/file/index-file";
import type { Space } from "~/features/similar-images/vectors/space";

/** Who builds on this machine, and how far they have got. */
const LOCK = "building.json";
const held = z.object({ pid: z.number(), model: z.string(), dimensions: z.number(), indexed: z.number() });

/** Locks that this process holds: its number may have been that of one which died. */
const own = new Set<string>();

export type BuildLock = { note(indexed: number): void; release(): void };

/**
 * One build at a time on a machine: each takes all processors and some gigabytes. Two that find a dead one's lock at the same moment may both
 * go on; then one builds for nothing, for the names of files are each build's own.
 * @returns null: another process builds
 */
export function takeBuildLock(databaseFile: string, space: Space): BuildLock | null {
  const folder = indexFolder(databaseFile);
  const file = join(folder, LOCK);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const holder = readLock(databaseFile);
  if (holder && (own.has(file) || (holder.pid !== process.pid && isAlive(holder.pid)))) return null;
  rmSync(file, { force: true });
  const toText = (indexed: number) => JSON.stringify({ pid: process.pid, ...space, indexed });
  try {
    writeFileSync(file, toText(0), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return null;
    throw error;
  }
  own.add(file);
  return {
    note(indexed) {
      // Never half a file for whoever reads it.
      writeFileSync(`${file}.partial`, toText(indexed), { mode: 0o600 });
      renameSync(`${file}.partial`, file);
    },
    release() {
      own.delete(file);
      rmSync(file, { force: true });
    },
  };
}

export const isLock = (name: string) => name === LOCK || name === `${LOCK}.partial`;

/** How many vectors of a space the build under way has added; null: none is. */
export function readProgress(databaseFile: string, space: Space): number | null {
  const holder = readLock(databaseFile);
  return holder && isOf(space, holder) && isAlive(holder.pid) ? holder.indexed : null;
}

function readLock(databaseFile: string) {
  try {
    return held.parse(JSON.parse(readFileSync(join(indexFolder(databaseFile), LOCK), "utf8")));
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
