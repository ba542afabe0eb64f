import { readdir, readFile } from "node:fs/promises";

/**
 * What a process and all below it hold of the machine's memory, in bytes, its own first: each one's proportional share of
 * what they have in common (Linux only).
 */
export async function memoryOfTree(pid: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const status = await readFile(`/proc/${name}/status`, "utf8").catch(() => "");
    parents.set(Number(name), Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0));
  }
  const isBelow = (one: number): boolean => one === pid || (one > 1 && isBelow(parents.get(one) ?? 0));
  const below = [...parents.keys()].filter((one) => one !== pid && isBelow(one));
  return Promise.all([pid, ...below].map(proportionalBytes));
}

async function proportionalBytes(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
  return 1024 * Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0);
}
