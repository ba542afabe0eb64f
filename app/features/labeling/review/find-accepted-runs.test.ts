import { expect, test } from "vitest";
import { startPromotion } from "~/features/labels/promote/start-promotion.server";
import { openStudio } from "../../../../tests/support/world/studio";
import { findAcceptedRuns } from "./find-accepted-runs.sql.server";

const actor = { id: "script:test", name: "test" };

test("finds the runs of a prompt or a selection whose accepted proposals are not labels yet, the oldest first", async () => {
  const { ports, index, label, carryOut } = await openStudio();
  const { db } = ports;
  await index();
  const front = { query: { root: "Model", group: "front_warm" } };
  const first = await label({ selection: front });
  const second = await label({ only: "all" });
  await label({ only: "all", selection: { query: { all: true } } });
  expect(await findAcceptedRuns(db, {})).toEqual([]);

  const accept = (runId: number) =>
    db.proposal.updateMany({
      where: { labelRun: { jobRunId: runId }, image: { key: { contains: "front_warm" } }, attribute: "tone" },
      data: { decision: "accepted" },
    });
  await accept(second.runId);
  await accept(first.runId);
  expect(await findAcceptedRuns(db, {})).toEqual([first.runId, second.runId]);
  expect(await findAcceptedRuns(db, { selection: front })).toEqual([first.runId]);
  expect(await findAcceptedRuns(db, { selection: { query: { root: "Model" } } })).toEqual([second.runId]);
  expect(await findAcceptedRuns(db, { prompt: { name: "Personas" } })).toEqual([first.runId, second.runId]);
  expect(await findAcceptedRuns(db, { prompt: { name: "Personas", version: 2 } })).toEqual([]);
  expect(await findAcceptedRuns(db, { prompt: { name: "Tones" } })).toEqual([]);

  const promotion = await startPromotion(ports, { runId: second.runId, actor });
  expect(await carryOut(promotion.runId)).toMatchObject({ status: "succeeded", succeeded: 2 });
  expect(await findAcceptedRuns(db, {})).toEqual([]);

  // Another value that was accepted in the older run does not take the newer one's place again.
  await db.proposal.updateMany({
    where: { labelRun: { jobRunId: first.runId }, attribute: "tone" },
    data: { value: "cool" },
  });
  expect(await findAcceptedRuns(db, {})).toEqual([]);
});
