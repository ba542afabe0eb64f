import { expect, test } from "vitest";
import { pauseRun } from "~/features/job-runs/commands/steer-run.server";
import { readRun } from "~/features/job-runs/views/read-run.server";
import { openStudio } from "../../../../tests/support/world/studio";

/** A studio with a label run that is planned, and Gemini's own names of its pictures. */
async function planned() {
  const studio = await openStudio();
  await studio.index();
  await studio.label();
  const images = Object.keys(studio.gemini.calls().byImage);
  const { runId } = await studio.start({ only: "all" });
  await studio.carryOut(runId, { apply: false });
  const from = studio.gemini.attempts().length;
  return { ...studio, runId, images, attempts: () => studio.gemini.attempts().slice(from) };
}

test("a stray 429 holds back its own request, for as long as it says, and no other", async () => {
  const { ports, gemini, carryOut, runId, images, attempts } = await planned();
  const [image = ""] = images;
  gemini.setKnobs({
    rules: [{ fault: "stray-rate-limit", image, times: 1 }],
    strayDelaySeconds: { from: 1.5, to: 1.5 },
  });
  expect(await carryOut(runId)).toMatchObject({ status: "succeeded", succeeded: 6, failed: 0 });
  const own = attempts().filter((attempt) => attempt.image === image);
  expect(own.map(({ end }) => end)).toEqual(["stray", "answered"]);
  expect(own[1]?.at).toBeGreaterThanOrEqual(own[0]?.notBefore ?? Number.POSITIVE_INFINITY);
  expect(attempts()).toHaveLength(7);
  expect(await ports.db.modelQuota.count()).toBe(0);
});

test("the 429 of a quota holds back all workers, as its limit does from then on", async () => {
  const { ports, gemini, carryOut, runId, attempts } = await planned();
  gemini.setKnobs({ rules: [{ fault: "rate-limit", times: 1 }], retryDelaySeconds: 2.5, latencyMs: 1_000 });
  expect(await carryOut(runId)).toMatchObject({ status: "succeeded", succeeded: 6, failed: 0 });
  const [limited] = attempts().filter(({ end }) => end === "quota");
  const after = attempts().filter(({ at }) => at > (limited?.at ?? 0));
  const early = after.filter(({ at }) => at < (limited?.notBefore ?? 0));
  // Calls that were under way when the answer came, one for each of the other lanes at most.
  expect(early.length).toBeLessThanOrEqual(3);
  expect(after.length).toBeGreaterThan(early.length);
  expect(await ports.db.modelQuota.findMany()).toMatchObject([
    { model: "gemini-3.5-flash-lite", holdReason: expect.any(String) },
  ]);
});

test("a limit that a 429 told is kept by every worker afterwards, and said while it is waited for", async () => {
  const { ports, carryOut, runId, attempts } = await planned();
  // The calls of the first run count as well: the minute has room for three more.
  const requestsPerMinute = (await ports.db.modelCall.count()) + 3;
  await ports.db.modelQuota.create({ data: { model: "gemini-3.5-flash-lite", requestsPerMinute } });
  const carried = carryOut(runId);
  await expect
    .poll(async () => (await readRun(ports, runId))?.waiting?.reason)
    .toBe("The quota of 9 requests a minute for gemini-3.5-flash-lite is used up.");
  expect(attempts()).toHaveLength(3);
  await pauseRun(ports, { runId, actor: { id: "script:test", name: "test" } });
  expect(await carried).toMatchObject({ status: "paused", succeeded: 3, failed: 0 });
});
