import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";

const inUse = new Set<string>();

/**
 * Does work in a new folder beside the database, which goes with the end of it. What a process that died has left of earlier ones
 * goes first.
 */
export async function inWorkFolder<Result>(file: string, work: (folder: string) => Promise<Result>): Promise<Result> {
  mkdirSync(dirname(file), { recursive: true });
  removeLeft(file);
  const folder = mkdtempSync(`${file}.backing-up-${process.pid}-`);
  inUse.add(folder);
  try {
    return await work(folder);
  } finally {
    inUse.delete(folder);
    rmSync(folder, { recursive: true, force: true });
  }
}

function removeLeft(file: string): void {
  const begin = `${basename(file)}.backing-up-`;
  for (const name of readdirSync(dirname(file)).filter((one) => one.startsWith(begin))) {
    const pid = Number(/^(\d+)-\w{6}$/.exec(name.slice(begin.length))?.[1] ?? Number.NaN);
    const folder = join(dirname(file), name);
    if (Number.isNaN(pid) || inUse.has(folder)) continue;
    if (pid === process.pid || !isAlive(pid)) rmSync(folder, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
