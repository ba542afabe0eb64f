import { once } from "node:events";
import { expect, test } from "vitest";
import { openAlerts } from "~/features/alerts/open-alerts.sql.server";
import { openTestDb } from "../support/db";
import { startReceiver } from "../support/receiver";
import { startTestS3 } from "../support/store/s3";
import { workerProcesses } from "../support/world/worker-processes";

async function openSending() {
  const [db, s3, receiver] = await Promise.all([openTestDb(), startTestS3(), startReceiver()]);
  const { startWorker } = workerProcesses({
    ...{ ...s3.env, ...receiver.env, DATABASE_URL: `file:${db.file}`, LOG_LEVEL: "silent" },
    S3_FORCE_PATH_STYLE: "true",
  });
  const about = { kind: "clock", severity: "error", root: "Test", at: new Date() } as const;
  return {
    ...{ db, receiver, startWorker },
    raise: (names: string[]) =>
      db.$write((tx) =>
        openAlerts(
          tx,
          names.map((name) => ({ cause: `test:${name}`, subject: "", sentence: `${name} is full.`, detail: "{}" })),
          about,
        ),
      ),
    /** Messages about this test, in the order in which they came. */
    told: () => receiver.taken.filter(({ text }) => text.startsWith("*Error* · Test\n")),
    greetings: () => receiver.texts().filter((text) => text.includes("come here from now on")),
  };
}

test("two workers send each alert once, and one that is killed while a message is on its way loses none", async () => {
  const { db, receiver, startWorker, raise, told, greetings } = await openSending();
  const workers = [startWorker(), startWorker()];
  await expect.poll(greetings).toHaveLength(1);
  // The next message stays on its way for so long that its worker dies meanwhile, whichever of them has it.
  receiver.answers.push({ status: 200, afterMs: 8_000 });
  await raise(["A", "B"]);
  await db.jobRun.updateMany({ data: { createdAt: new Date(Date.now() - 120_000) } });
  await expect.poll(told).toHaveLength(1);
  const chunk = await db.jobChunk.findFirstOrThrow({ where: { leaseUntil: { not: null } } });
  const holder = workers.find(({ pid }) => chunk.worker?.includes(`:${pid}:`));
  if (!holder) throw new Error("None of the workers holds the run");
  holder.kill("SIGKILL");
  await once(holder, "exit");
  await expect.poll(told).toHaveLength(3);
  const ids = told().map(({ id }) => id);
  expect(ids[1]).toBe(ids[0]);
  expect(ids[2]).not.toBe(ids[0]);
  expect(told().every(({ isSigned }) => isSigned)).toBe(true);
  expect(greetings()).toHaveLength(1);
});
