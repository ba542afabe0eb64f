/** Someone who changes a row now and then, in a process as the web's; stops and prints how long each change took, in ms, at SIGTERM. */
import { setTimeout as sleep } from "node:timers/promises";
import { createDb } from "~/ports/db.server";

const WRITES_EACH_MS = 100;

const db = await createDb(`file:${process.argv[2]}`);
const times: number[] = [];
let isOver = false;
process.once("SIGTERM", () => {
  isOver = true;
});
process.stdout.write("ready\n");
while (!isOver) {
  const startedAt = performance.now();
  for (let isWritten = false; !isWritten && !isOver; ) {
    // Refused after 5 s, it is asked for again: the whole wait counts.
    isWritten = await db
      .$write((tx) => tx.owner.updateMany({ where: { id: "none" }, data: { name: "none" } }))
      .then(() => true)
      .catch(() => false);
  }
  times.push(performance.now() - startedAt);
  await sleep(WRITES_EACH_MS);
}
process.stdout.write(`${JSON.stringify(times)}\n`, () => process.exit(0));
