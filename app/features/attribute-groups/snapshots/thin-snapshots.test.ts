import { expect, test } from "vitest";
import { startRun } from "~/features/job-runs/commands/start-run.server";
import { workOnRun } from "~/features/job-runs/engine/worker.server";
import { readRun } from "~/features/job-runs/views/read-run.server";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { storeSnapshot } from "../../../../tests/support/snapshot";
import { openTestPorts } from "../../../../tests/support/world/nowhere";
import { readChanges } from "./read-changes.server";
import { thinSnapshots } from "./thin-snapshots";
import { thinSnapshotsHandler } from "./thin-snapshots.server";

async function openThinning() {
  const ports = await openTestPorts();
  const schema = await loadLabelSchema();
  const [root] = schema.roots;
  if (!root) throw new Error("one root");
  return {
    ...ports,
    store: (at: string, paths: string[], name = root.name) =>
      storeSnapshot(ports.db, { schema, root: { ...root, name }, paths, at: new Date(at) }),
    async thin(now: string) {
      ports.advance(new Date(now).getTime() - ports.clock.now().getTime());
      const actor = { id: "schedule:thin-snapshots", name: "Thin old audits" };
      const { runId } = await startRun(ports, thinSnapshots, { payload: { days: 30 }, actor, autoApply: true });
      const job = { definition: thinSnapshots, handler: thinSnapshotsHandler };
      await workOnRun(ports, job, runId, new AbortController().signal);
      return readRun(ports, runId);
    },
    kept: async () =>
      (await ports.db.groupSnapshot.findMany({ orderBy: { id: "asc" } })).map(
        ({ root, takenAt }) => `${root} ${takenAt.toISOString().slice(0, 16)}`,
      ),
  };
}

test("of snapshots older than 30 days the last of each day stays, with its listings and what can be compared", async () => {
  const { store, thin, kept, db } = await openThinning();
  await store("2026-09-01T00:00Z", ["front_warm/1.png"]);
  await store("2026-09-01T12:00Z", ["front_warm/1.png", "front_warm/2.png", "stray.png"]);
  await store("2026-09-01T23:59Z", ["front_warm/2.png"]);
  await store("2026-09-02T00:00Z", ["front_warm/2.png", "front_cool/3.png"]);
  await store("2026-10-21T11:00Z", ["front_cool/4.png"]);
  await store("2026-10-21T13:00Z", ["front_cool/5.png"]);
  await store("2026-11-20T10:00Z", ["front_cool/5.png"]);
  await store("2026-11-20T11:00Z", ["front_cool/6.png"]);
  await store("2026-09-01T10:00Z", ["front_cool/7.png"], "Mood");

  const run = await thin("2026-11-20T12:00:00Z");

  expect(run).toMatchObject({ status: "succeeded", succeeded: 2 });
  expect(await kept()).toEqual([
    "Model 2026-09-01T23:59",
    "Model 2026-09-02T00:00",
    "Model 2026-10-21T13:00",
    "Model 2026-11-20T10:00",
    "Model 2026-11-20T11:00",
    "Mood 2026-09-01T10:00",
  ]);
  const objects = (await db.objectListing.findMany()).flatMap((listing) => JSON.parse(listing.objects));
  expect(objects.map(([rest]) => rest).sort()).toEqual(["2.png", "3.png", "5.png", "6.png", "7.png"]);
  expect(await readChanges({ db }, { root: "Model", from: 3, to: 4 })).toMatchObject({
    changes: { added: [{ name: "front_cool" }], removed: [] },
  });
});

test("the newest snapshot stays however old it is, and a second thinning finds nothing", async () => {
  const { store, thin, kept, db } = await openThinning();
  await store("2026-01-01T00:00Z", ["front_warm/1.png"]);
  await store("2026-01-01T01:00Z", ["front_warm/2.png"]);
  await thin("2026-11-20T12:00:00Z");
  expect(await kept()).toEqual(["Model 2026-01-01T01:00"]);
  const run = await thin("2026-11-20T12:01:00Z");
  const item = await db.jobItem.findFirst({ where: { runId: run?.id ?? 0 } });
  expect(item).toMatchObject({ outcome: "succeeded", after: '{"snapshots":0,"listings":0}' });
});
