import { renameSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openTestFolder } from "./support/folder";
import { runProcess } from "./support/process";
import { countingJob } from "./support/world/counting-job";
import { openTestPorts } from "./support/world/nowhere";
import { runsOf } from "./support/world/runs";

test("a backup is made while the database is open, refused where one is, rehearsed elsewhere, and restored", async () => {
  const ports = await openTestPorts();
  const { plan } = runsOf(ports);
  const paused = await plan(countingJob({ kind: "label-run", title: "Label “Model”" }), { items: 3 });
  await ports.db.jobRun.update({ where: { id: paused.id }, data: { status: "running" } });
  const planned = await plan(countingJob(), { items: 3 });
  await ports.db.clockMark.create({ data: { id: 1, at: new Date("2099-11-29T10:42:07Z") } });
  const folder = openTestFolder();
  const backup = join(folder, "backup.db");
  const run = async (file: string, ...words: string[]) => {
    const env = { APP_ENVIRONMENT: "local", DATABASE_URL: `file:${file}` };
    const { code, stdout, stderr } = await runProcess(words, env).ended;
    return { code, said: `${stdout}${stderr}`.replaceAll(folder, "…").replaceAll("\u202f", " ") };
  };
  const made = await run(ports.file, "scripts/backup.ts", backup, "--json");
  expect(JSON.parse(made.said)).toEqual({
    database: ports.file,
    backup: "…/backup.db",
    bytes: expect.any(Number),
    schema: expect.stringMatching(/^\d{4}_/),
    rows: expect.objectContaining({ JobRun: 2, Session: 0 }),
    seconds: expect.any(Number),
  });

  const there = await run(ports.file, "scripts/restore.ts", backup);
  expect(there).toMatchObject({ code: 1, said: expect.stringMatching(/only where no database is/) });

  const file = join(folder, "ops.db");
  expect(await run(file, "scripts/restore.ts", backup)).toEqual({
    code: 0,
    said: `…/backup.db is sound. The newest entry is of 29 Nov 2099, 10:42:07 UTC; what was done since then is not in it.
Paused run ${paused.id}: “Label “Model””.
Canceled the plan of run ${planned.id}: “Count”.
All of this happens at …/ops.db once you add --apply. Nothing has changed.
`,
  });
  const restored = await run(file, "scripts/restore.ts", backup, "--apply", "--json");
  expect(JSON.parse(restored.said)).toMatchObject({
    applied: true,
    asOf: "2099-11-29T10:42:07.000Z",
    paused: [paused.id],
    canceled: [planned.id],
    signedOut: 0,
  });
  renameSync(file, join(folder, "restored.db"));
  expect((await run(file, "scripts/restore.ts", join(folder, "restored.db"), "--apply")).said).toMatch(
    /^Restored …\/ops\.db from …\/restored\.db: .* checked\. [\s\S]*\n\nDo next:\n1\. [\s\S]*\n2\. .*api-tokens[\s\S]*index-images[\s\S]*\n5\. Acknowledge the alert/,
  );
});
