import { expect, test } from "vitest";
import { openTestDb } from "./support/db";
import { runProcess } from "./support/process";
import { startTestS3 } from "./support/store/s3";

const at = new Date("2026-11-20T10:00:00Z");

/** Three images, the first two nobody's; scripts as processes of their own, whose answers are their one JSON document. */
async function openStudio() {
  const db = await openTestDb();
  const s3 = await startTestS3();
  const env = { ...s3.env, S3_FORCE_PATH_STYLE: "true", DATABASE_URL: `file:${db.file}` };
  for (const id of ["u-1", "u-2"]) await db.owner.create({ data: { id, name: `Owner ${id}`, createdAt: at } });
  for (const [n, ownerId] of [null, null, "u-2"].entries()) {
    const image = { key: `generated/${n}.png`, etag: "e", bytes: 1n, kind: "generated", ownerId };
    await db.image.create({ data: { ...image, modifiedAt: at, createdAt: at } });
  }
  const owners = async () => (await db.image.findMany({ orderBy: { id: "asc" } })).map(({ ownerId }) => ownerId);
  async function run(name: string, ...options: string[]) {
    const { code, stdout } = await runProcess([`scripts/${name}.ts`, ...options, "--json"], env).ended;
    return { code, ...JSON.parse(stdout) };
  }
  return { db, run, owners };
}

test("a query is reassigned and put back, by scripts alone", async () => {
  const { run, owners } = await openStudio();
  const dry = await run("reassign-owner", "--to", "u-1", "--query", "unowned=yes&kind=generated");
  expect(dry).toMatchObject({ code: 0, kind: "reassign-owner", status: "planned", planned: 2 });
  expect(await owners()).toEqual([null, null, "u-2"]);

  const made = await run("reassign-owner", "--to", "u-1", "--query", "unowned=yes&kind=generated", "--apply");
  expect(made).toMatchObject({ code: 0, status: "succeeded", planned: 2, succeeded: 2, failed: 0, skipped: 0 });
  expect(await owners()).toEqual(["u-1", "u-1", "u-2"]);

  expect(await run("undo", String(made.runId), "--apply")).toMatchObject({
    code: 0,
    status: "succeeded",
    succeeded: 2,
  });
  expect(await owners()).toEqual([null, null, "u-2"]);

  expect(await run("reassign-owner", "--to", "u-1", "--all", "--apply")).toMatchObject({ code: 0, succeeded: 3 });
  expect(await owners()).toEqual(["u-1", "u-1", "u-1"]);
});

test.each([
  [["--to", "nobody", "--unowned"], /There is no owner “nobody”/],
  [["--to", "u-1", "--query", "owner=u-9"], /No image matches this selection, so there is nothing to do\./],
  [["--to", "u-1", "--query", "root=Nowhere"], /There is no attribute root called “Nowhere”/],
])("refuses %j, and leaves no run", async (options, sentence) => {
  const { db, run, owners } = await openStudio();
  expect(await run("reassign-owner", ...options, "--apply")).toEqual({
    code: 2,
    exitCode: 2,
    error: expect.stringMatching(sentence),
  });
  expect(await owners()).toEqual([null, null, "u-2"]);
  expect(await db.jobRun.count()).toBe(0);
});
