import { expect, test } from "vitest";
import { timelineOf } from "./timeline";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 12, minute));
const run = {
  status: "succeeded" as const,
  planned: 60,
  failed: 0,
  actorName: "Mina Sato",
  autoApply: false,
  createdAt: at(0),
  plannedAt: at(1),
  appliedAt: at(5),
  startedAt: at(6),
  finishedAt: at(12),
  itemsRemovedAt: null,
};
const event = (minute: number, action: string, actorName = "Mina Sato", detail = "{}") => ({
  at: at(minute),
  action,
  actor: actorName === "The console" ? "console" : "operator:1",
  actorName,
  detail,
});
const lines = (input: Parameters<typeof timelineOf>[0]) =>
  timelineOf(input).map(
    ({ at, text, actorName }) => `${at.getUTCMinutes()} ${text}${actorName ? ` – ${actorName}` : ""}`,
  );

test("tells what people and the engine did, oldest first", () => {
  const events = [
    event(10, "run.retry", "Jun Park", '{"errorClass":"s3-unavailable"}'),
    event(8, "run.resume", "Jun Park"),
    event(7, "run.pause"),
    event(5, "run.apply"),
    event(0, "run.start"),
  ];
  expect(lines({ run, events, undos: [{ id: 9, createdAt: at(20), actorName: "Mina Sato" }] })).toEqual([
    "0 Started – Mina Sato",
    "1 Plan made: 60 items",
    "5 Applied – Mina Sato",
    "6 Picked up by a worker",
    "7 Paused – Mina Sato",
    "8 Resumed – Jun Park",
    "10 Retried failed items as “S3 unavailable” – Jun Park",
    "12 Finished",
    "20 Undo started – Mina Sato",
  ]);
});

test("a run that applies its own plan says so, and one that failed how it ended", () => {
  const scan = { ...run, autoApply: true, status: "failed" as const, planned: 1, appliedAt: at(1), startedAt: at(1) };
  expect(lines({ run: scan, events: [event(0, "run.start", "Schedule Index images")], undos: [] })).toEqual([
    "0 Started – Schedule Index images",
    "1 Plan made: 1 item",
    "1 Applied its own plan",
    "1 Picked up by a worker",
    "12 Stopped with an error",
  ]);
});

test("a run that paused itself says why, and names nobody", () => {
  const paused = { ...run, status: "paused" as const, finishedAt: null };
  const events = [
    event(7, "run.pause", "The console", '{"reason":"The budget of $1.00 is spent."}'),
    event(5, "run.apply"),
    event(0, "run.start"),
  ];
  expect(lines({ run: paused, events, undos: [] }).at(-1)).toBe("7 Paused itself: The budget of $1.00 is spent.");
});

test("a cancelled run is cancelled once, by someone", () => {
  const cancelled = { ...run, status: "cancelled" as const, appliedAt: null, startedAt: null, finishedAt: at(3) };
  const events = [event(3, "run.cancel", "Jun Park"), event(0, "run.start")];
  expect(lines({ run: cancelled, events, undos: [] }).at(-1)).toBe("3 Canceled – Jun Park");
  expect(lines({ run: cancelled, events, undos: [] })).toHaveLength(3);
});

test("a run of before the audit log still says who began it", () => {
  expect(
    lines({
      run: { ...run, plannedAt: null, appliedAt: null, startedAt: null, finishedAt: null },
      events: [],
      undos: [],
    }),
  ).toEqual(["0 Started – Mina Sato"]);
});
