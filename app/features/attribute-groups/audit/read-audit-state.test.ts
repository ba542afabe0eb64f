import { expect, test } from "vitest";
import { openTestDb } from "../../../../tests/support/db";
import { readAuditState } from "./read-audit-state.server";

const now = new Date("2026-11-20T12:00:00Z");

/** Runs in the order in which they were started, by id from 1. */
async function stateAfter(...statuses: string[]) {
  const db = await openTestDb();
  const run = { title: "Run", lane: 1, payload: "{}", actor: "operator:1", actorName: "Mina Sato", createdAt: now };
  for (const status of statuses) await db.jobRun.create({ data: { ...run, kind: "audit-groups", status } });
  await db.jobRun.create({ data: { ...run, kind: "index-images", status: "running" } });
  const { run: audit, ...state } = await readAuditState({ db, clock: { now: () => now } });
  return { ...state, runId: audit?.id ?? null };
}

test.each<[statuses: string[], state: { runId: number | null; isRunning: boolean; failedRunId: number | null }]>([
  [[], { runId: null, isRunning: false, failedRunId: null }],
  [["succeeded"], { runId: null, isRunning: false, failedRunId: null }],
  [["succeeded", "planning"], { runId: 2, isRunning: true, failedRunId: null }],
  [["failed", "running"], { runId: 2, isRunning: true, failedRunId: null }],
  [["running", "cancelled"], { runId: 1, isRunning: true, failedRunId: null }],
  [["paused"], { runId: 1, isRunning: false, failedRunId: null }],
  [["planned"], { runId: null, isRunning: false, failedRunId: null }],
  [["failed"], { runId: null, isRunning: false, failedRunId: 1 }],
  [["failed", "succeeded"], { runId: null, isRunning: false, failedRunId: null }],
])("after audits that are %j", async (statuses, state) => {
  expect(await stateAfter(...statuses)).toEqual(state);
});
