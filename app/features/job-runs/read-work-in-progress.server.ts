import type { Db } from "~/ports/db.server";
import { underWay } from "./status";
import { doneOf, readTallies } from "./tallied-run.server";

/** Work that is under way: runs being planned or carried out, with their items. */
export async function readWorkInProgress({ db }: { db: Db }): Promise<{ runs: number; done: number; planned: number }> {
  const rows = await db.jobRun.findMany({
    where: { status: { in: [...underWay] } },
    select: { id: true, planned: true },
  });
  const tallies = await readTallies(
    db,
    rows.map((row) => row.id),
  );
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  return {
    runs: rows.length,
    planned: sum(rows.map((row) => row.planned)),
    done: sum([...tallies.values()].map(doneOf)),
  };
}
