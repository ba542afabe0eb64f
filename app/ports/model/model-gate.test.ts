import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { createGate } from "./model-gate.server";

const since = (startedAt: number) => performance.now() - startedAt;

test("lets everybody pass at once while nobody was told to wait", async () => {
  const gate = createGate();
  const passed = Promise.all(Array.from({ length: 20 }, () => gate.pass(undefined))).then(() => "passed");
  // Whoever waits for a time, however short, passes later than this.
  expect(await Promise.race([passed, setImmediate("waited")])).toBe("passed");
});

test("holds all until the wait is over, then lets them pass one by one in the order of asking", async () => {
  const gate = createGate();
  const startedAt = performance.now();
  gate.close(200);
  const passed: { who: number; at: number }[] = [];
  await Promise.all(
    [0, 1, 2, 3].map((who) => gate.pass(undefined).then(() => passed.push({ who, at: since(startedAt) }))),
  );
  expect(passed.map(({ who }) => who)).toEqual([0, 1, 2, 3]);
  expect(passed[0]?.at).toBeGreaterThanOrEqual(199);
  for (const [index, { at }] of passed.entries()) {
    if (index > 0) expect(at - (passed[index - 1]?.at ?? 0)).toBeGreaterThanOrEqual(45);
  }
});

test("closes again before those who still wait", async () => {
  const gate = createGate();
  gate.close(10);
  const startedAt = performance.now();
  await gate.pass(undefined);
  const second = gate.pass(undefined);
  gate.close(1_000);
  await second;
  expect(since(startedAt)).toBeGreaterThanOrEqual(1_000);
});

test("lets go whoever is told to stop", async () => {
  const gate = createGate();
  gate.close(60_000);
  await expect(gate.pass(AbortSignal.timeout(20))).rejects.toThrow();
});

test("backs off longer each time a model is still overloaded, once for calls that fail together, and begins again once it answers", () => {
  const waits: number[] = [];
  const clock = { now: 0 };
  const gate = createGate({ now: () => clock.now, random: () => 0 });
  const untilOpen = () => {
    const from = clock.now;
    while (gate.isClosed()) clock.now += 100;
    waits.push(clock.now - from);
  };
  for (let time = 0; time < 7; time++) {
    for (let call = 0; call < 16; call++) gate.backOff();
    untilOpen();
  }
  gate.answered();
  gate.backOff();
  untilOpen();
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 1_000]);
});
