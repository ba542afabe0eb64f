import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { readItems } from "~/features/job-runs/views/read-items.server";
import { promoteLabels } from "~/features/labels/promote/promote-labels";
import { setLabel } from "~/features/labels/set/set-label.sql.server";
import { exportLabels } from "~/features/labels/travel/export/export-labels.server";
import { bareEnv } from "../scripts/dev/console/local-env";
import { startTestS3 } from "./support/store/s3";
import { labelsOf } from "./support/world/label-world";
import { openTestPorts } from "./support/world/nowhere";
import { runsOf } from "./support/world/runs";

const keys = Array.from({ length: 9 }, (_, n) => `references/01. Model/front_warm/${n + 1}.png`);
const keyOf = (imageId: number) => keys[imageId - 1] ?? "";
const mina = { id: "operator:1", name: "Mina" };

/** A checkout's folder with its schema, in which scripts run. */
function openCheckout() {
  const folder = mkdtempSync(join(tmpdir(), "diffs-ops-checkout-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "labels"));
  cpSync("labels/schema.json", join(folder, "labels/schema.json"));
  return folder;
}

/** A server with its index and no label, in that folder. */
async function openServer(folder: string, s3: Awaited<ReturnType<typeof startTestS3>>) {
  const ports = await openTestPorts();
  const world = { ...ports, ...runsOf(ports), ...labelsOf(ports) };
  await world.addImages(keys);
  const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const env = {
    ...{ ...bareEnv(), ...s3.env, S3_FORCE_PATH_STYLE: "true", DATABASE_URL: `file:${ports.file}` },
    TSX_TSCONFIG_PATH: resolve("tsconfig.json"),
  };
  const run = async (script: string, ...options: string[]) => {
    const child = spawn(process.execPath, ["--import", loader, resolve(`scripts/${script}.ts`), ...options, "--json"], {
      cwd: folder,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
    return { code: child.exitCode, said: JSON.parse(stdout || "null"), stderr };
  };
  return { ...world, run };
}

/** The server on which people labeled: a run of an older prompt was promoted, and image 4 labeled by hand. */
async function openLabeled(folder: string, s3: Awaited<ReturnType<typeof startTestS3>>) {
  const server = await openServer(folder, s3);
  const { db } = server;
  const at = new Date("2026-11-20T10:00:00Z");
  for (const [name, id] of [
    ["Mina", 1],
    ["Ken", 2],
  ] as const) {
    await db.operator.create({ data: { id, email: `${name}@diffs.studio`, name, role: "operator", createdAt: at } });
  }
  async function addLabelRun(version: number, imageIds: number[], value: string) {
    const run = await server.addLabelRun(
      imageIds.map((imageId) => ({ imageId, attribute: "tone", value, confidence: 0.75 })),
    );
    const content = { instructions: "", attributes: "{}", settings: '{"model":"gemini-3-flash"}', examples: "[]" };
    const prompt = { name: "Faces", version, hash: `h${version}`, ...content, createdAt: at };
    await db.labelRun.update({ where: { id: run.labelRunId }, data: { promptVersion: { create: prompt } } });
    return run;
  }
  const setTone = (imageId: number, value: string, rev: number | null) =>
    setLabel(server, { imageId, attribute: "tone", value, seen: { rev }, actor: mina });
  await server.carryOut(promoteLabels, await addLabelRun(1, [1, 2, 3], "cool"));
  await setTone(4, "cool", null);
  /** Every label without its rev, by its image. */
  const contents = async () => {
    const labels = await db.label.findMany({ orderBy: { imageId: "asc" } });
    return new Map(labels.map(({ rev, ...label }) => [label.imageId, label]));
  };
  return { ...server, addLabelRun, setTone, contents };
}

test("promoted labels travel by the file; a rollback restores all but what was edited since; a fresh server has what the file tells", async () => {
  const [folder, s3] = [openCheckout(), await startTestS3()];
  const file = join(folder, "labels/personas.json");
  const first = await openLabeled(folder, s3);
  const before = await first.contents();
  expect([...before.values()].map(({ value, source }) => `${value} by ${source}`)).toEqual([
    ...["cool by model", "cool by model", "cool by model", "cool by person"],
  ]);
  const toPromote = await first.addLabelRun(2, [1, 2, 3, 4, 5, 6, 7, 8, 9], "warm");
  const promotion = await first.carryOut(promoteLabels, toPromote);
  expect(promotion).toMatchObject({ status: "succeeded", succeeded: 8 });

  const untold = { same: false, onlyHere: 9, written: false };
  expect(await first.run("export-labels", "--check")).toMatchObject({ code: 1, said: untold, stderr: "" });
  expect(existsSync(file)).toBe(false);
  expect(await first.run("export-labels")).toMatchObject({ code: 0, said: { same: false, written: true, labels: 9 } });
  expect(await first.run("export-labels", "--check")).toMatchObject({ code: 0, said: { same: true, inBoth: 9 } });

  const edited = [1, 2, 5, 6, 7];
  const edit = (imageId: number) => first.setTone(imageId, "neutral", imageId < 3 ? 2 : 1);
  for (const imageId of edited) await edit(imageId);
  expect(await first.run("export-labels", "--check")).toMatchObject({
    code: 1,
    said: {
      ...{ same: false, inBoth: 9, otherValue: 5, onlyHere: 0, onlyInFile: 0, written: false },
      first: edited.map((id) => `“${keyOf(id)}”, tone: “neutral” in the database, “warm” in the file.`),
    },
  });

  const rollback = await first.planUndo(promotion.id);
  expect(rollback.summary).toEqual({
    conflicts: { count: 5, sample: edited.map((id) => `${keyOf(id)} · tone: it was set to “neutral” since.`) },
    putsBack: { runId: promotion.id, items: 3, of: 8 },
  });
  expect(await first.apply(rollback)).toMatchObject({ status: "succeeded", succeeded: 3, skipped: 5 });
  const { items } = await readItems(first, { runId: rollback.id, outcome: "skipped" });
  expect(items.map(({ label, reason }) => [label, reason])).toEqual(
    edited.map((id) => [`${keyOf(id)} · tone`, "This label was changed since the run. It keeps its present value."]),
  );
  const after = await first.contents();
  for (const [imageId, label] of after) {
    if (edited.includes(imageId)) expect(label).toMatchObject({ value: "neutral", source: "person" });
    else expect(label).toEqual(before.get(imageId));
  }
  expect([...after.keys()]).toEqual([1, 2, 3, 4, 5, 6, 7]);

  expect(await first.run("export-labels")).toMatchObject({ code: 0, said: { written: true, labels: 7 } });
  const exported = readFileSync(file, "utf8");
  expect(exported.split("\n")[3]).toMatch(
    /^\{"key":"[^"]+\/3\.png","etag":"e","labels":\{"tone":\{"value":"cool","source":"model","by":"Ken","at":"[^"]+","confidence":0\.75,"prompt":\{"name":"Faces","version":1,"hash":"h1"\},"model":"gemini-3-flash","folder":"front_warm"\}\}\},$/,
  );

  const fresh = await openServer(folder, s3);
  expect(await fresh.run("export-labels", "--check")).toMatchObject({ code: 1, said: { onlyInFile: 7, unknown: 0 } });
  expect(await fresh.run("import-labels")).toMatchObject({
    code: 0,
    said: { status: "planned", planned: 7, refused: [] },
  });
  expect(await fresh.db.label.count()).toBe(0);
  expect(await fresh.run("import-labels", "--apply")).toMatchObject({
    code: 0,
    said: { kind: "import-labels", status: "succeeded", succeeded: 7 },
  });
  expect(await fresh.labels()).toEqual(
    [...after.values()].map(({ imageId, attribute, value }) => `${imageId} ${attribute} ${value} import 1`),
  );
  expect(await fresh.run("export-labels", "--check")).toMatchObject({ code: 0, said: { same: true, inBoth: 7 } });
  const again = join(folder, "again.json");
  await exportLabels(fresh, { format: "labels", out: again, query: null });
  expect(readFileSync(again, "utf8")).toBe(exported);
  expect(await fresh.db.labelImport.count()).toBe(0);
});
