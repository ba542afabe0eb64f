import { expect, test } from "vitest";
import { auditGroups } from "~/features/attribute-groups/audit/audit-groups";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { runChecks } from "~/features/monitoring/run-checks/run-checks";
import { loadEnv } from "~/ports/env.server";
import { loader as readOverview } from "~/routes/_console._index/route";
import { loader as readGroups } from "~/routes/_console.attribute-groups._index/route";
import { loader as listRuns } from "~/routes/_console.job-runs._index/route";
import { loader as readMonitoring } from "~/routes/_console.monitoring/route";
import { loader as listOwners } from "~/routes/_console.owners._index/route";
import { loader as countImages } from "~/routes/image-counts/route";
import { signIn } from "~/web/sign-in/operator-session.server";
import { contextOf } from "./support/console";
import { runsOf } from "./support/world/runs";
import { openStudio } from "./support/world/studio";

const at = new Date("2026-11-29T12:00:00Z");

/** A studio with something of everything that the overview counts, and its pages as a viewer sees them. */
async function openPages() {
  const { ports, env, index } = await openStudio();
  const { db } = ports;
  await index();
  await runsOf(ports).carryOut(auditGroups, { root: null });
  const images = await db.image.findMany({ orderBy: { key: "asc" } });
  const change = (n: number, data: object) => db.image.update({ where: { id: images[n]?.id ?? 0 }, data });
  const etagOf = (n: number) => images[n]?.etag ?? "";
  await db.owner.createMany({
    data: Array.from({ length: 10 }, (_, n) => ({ id: `u-${n}`, name: `Owner ${n}`, createdAt: at })),
  });
  for (const [n, ownerId] of ["u-1", "u-1", "u-2", "u-3"].entries()) await change(n, { ownerId });
  await change(0, { thumbnailEtag: etagOf(0) });
  await change(1, { thumbnailEtag: "older" });
  await change(2, { readEtag: etagOf(2), unreadableClass: "undecodable", unreadable: "Damaged." });
  await change(3, { archivedAs: "GLACIER" });
  const label = { imageId: images[0]?.id ?? 0, etag: etagOf(0), rev: 1, source: "person", acceptedBy: "operator:1" };
  const { attributes } = await loadLabelSchema();
  await db.label.createMany({
    data: Object.entries(attributes).map(([attribute, { values }]) => ({
      ...label,
      attribute,
      value: values[0] ?? "",
      acceptedAt: at,
    })),
  });
  const run = { kind: "backfill-thumbnails", title: "Backfill thumbnails", lane: 1, payload: "{}" };
  const begun = { actor: "operator:1", actorName: "Mina", createdAt: at };
  await db.jobRun.createMany({
    data: ["planning", "planned", "pending", "running", "paused"].map((status) => ({ ...run, ...begun, status })),
  });
  await db.modelCall.create({
    data: {
      imageId: images[0]?.id ?? 0,
      requestHash: "r",
      reservedUsd: 0.5,
      outcome: "labelled",
      usd: 0.25,
      createdAt: ports.clock.now(),
    },
  });

  const context = contextOf({
    env: loadEnv({ NODE_ENV: "test", LOG_LEVEL: "silent", ...env }),
    ports,
  });
  const { id } = await db.operator.create({
    data: { email: "mina@diffs.studio", name: "Mina Sato", role: "viewer", createdAt: at },
  });
  const cookie = (await signIn({ request: new Request("http://127.0.0.1/"), context }, id)).split(";")[0] ?? "";
  const argsOf = (address: URL) => ({
    request: new Request(address, { headers: { Cookie: cookie } }),
    context,
    params: {},
  });
  const overview = () => readOverview(argsOf(new URL("http://127.0.0.1/")));
  const measure = () => runsOf(ports).carryOut(runChecks, { checks: null });

  /** The number that the list at an address shows. */
  async function numberAt(to: string): Promise<number | null | undefined> {
    const address = new URL(to, "http://127.0.0.1");
    const args = argsOf(address);
    switch (address.pathname) {
      case "/images":
        return (await countImages(args)).count;
      case "/attribute-groups":
        return (await readGroups(args)).summary?.findings;
      case "/job-runs":
        return (await listRuns(args)).total;
      case "/monitoring":
        return (await readMonitoring(args)).checks.find(({ name }) => `#${name}` === address.hash)?.last?.value;
      case "/owners":
        return (await listOwners(args)).images;
      default:
        throw new Error(`There is no list at ${to}.`);
    }
  }
  return { ports, overview, measure, numberAt };
}

test("each number of the overview is that of the list it leads to", async () => {
  const { overview, measure, numberAt } = await openPages();
  await measure();
  const { tiles, owners, labeling } = await overview();
  expect(Object.fromEntries(tiles.map(({ label, value, note }) => [label, `${value} · ${note}`]))).toEqual({
    Coverage: "12.5\u202f% · 8 images lack a label",
    "No owner": "5 · 55\u202f% of 9 images",
    "Missing thumbnails": "6 · a backfill is under way",
    "Open findings": "9 · of the attribute groups",
    "Work in progress": "3 runs · nothing is waiting",
    "Spent this month": "$0.25 · on model calls",
  });
  const found = await Promise.all(tiles.map(async ({ label, to }) => [label, await numberAt(to)]));
  expect(found).toEqual(tiles.map(({ label, listed }) => [label, listed]));

  const lists = [owners?.all, owners?.unreadable, ...(owners?.holdings ?? [])].flatMap((one) => one ?? []);
  expect(lists.map(({ images }) => images)).toEqual([9, 1, 2, 1, 1, 5]);
  expect(await Promise.all(lists.map(({ to }) => numberAt(to)))).toEqual([9, 1, 2, 1, 1, 5]);
  expect(owners?.holdings.map(({ label }) => label)).toEqual(["Owner 1", "Owner 2", "Owner 3", "No owner"]);
  expect([owners?.archived, labeling?.proposed]).toEqual([1, { images: 0, of: 9 }]);
});

test("the overview counts nothing itself: what changed shows once it was measured", async () => {
  const { ports, overview, measure } = await openPages();
  const shownFor = async (wanted: string) => (await overview()).tiles.find(({ label }) => label === wanted)?.value;
  expect(await overview()).toMatchObject({ measuredAt: null, owners: null, labeling: null });
  expect(await shownFor("No owner")).toBe("–");
  await measure();
  expect(await overview()).toMatchObject({ isOutdated: false });
  await ports.db.image.updateMany({ data: { ownerId: "u-1" } });
  expect(await shownFor("No owner")).toBe("5");
  await ports.db.jobRun.updateMany({
    where: { status: "paused" },
    data: { status: "cancelled", finishedAt: new Date(ports.clock.now().getTime() + 60_000) },
  });
  expect(await overview()).toMatchObject({ isOutdated: true });
  await measure();
  expect(await shownFor("No owner")).toBe("0");
});
