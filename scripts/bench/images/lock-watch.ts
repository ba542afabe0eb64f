/** Asks for the lock of DATABASE every few ms and gives it back; prints for how long at most it was taken, in ms, at SIGTERM. */
import { setTimeout as sleep } from "node:timers/promises";
import Database from "better-sqlite3";

const ASKS_EACH_MS = 4;

const db = new Database(process.argv[2], { timeout: 0, fileMustExist: true });
let longest = 0;
let takenSince: number | null = null;
let isOver = false;
process.once("SIGTERM", () => {
  isOver = true;
});
process.stdout.write("ready\n");
while (!isOver) {
  const now = performance.now();
  try {
    db.exec("BEGIN IMMEDIATE; ROLLBACK");
    if (takenSince !== null) longest = Math.max(longest, now - takenSince);
    takenSince = null;
  } catch {
    takenSince ??= now;
  }
  await sleep(ASKS_EACH_MS);
}
process.stdout.write(`${Math.round(longest)}\n`, () => process.exit(0));
