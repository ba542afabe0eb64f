import { expect, test } from "vitest";
import { loadLabelSchema } from "~/features/label-schema/load-label-schema.server";
import { keepPromptVersion, readPromptContent } from "~/features/labeling/prompts/prompt-versions.server";
import { openStudio, portrait } from "../../../../tests/support/world/studio";
import { exportRefused, listRefused, readRefusalRates } from "./read-refusals.sql.server";
import { refusalFilter, toRefusalAddress } from "./refusals";

/** Three label runs: front_warm is refused, the rest is not, and a picture outside every root is blocked for another prompt. */
async function openRefused() {
  const studio = await openStudio();
  const { ports, gemini, label, index } = studio;
  const key = "uploads/u-1/2026/11/someone.png";
  await ports.storage.put(key, await portrait(31, "front", "cool", "40s"), { contentType: "image/png" });
  await index();
  gemini.setKnobs({ rules: [{ fault: "image-safety" }] });
  const refused = await label({ selection: { query: { root: "Model", group: "front_warm" } } });
  gemini.setKnobs({ rules: [] });
  const answered = await label();
  const { content, name } = await readPersonas(studio);
  const tones = await keepPromptVersion(ports, "Tones", { ...content, instructions: "Say the tone." });
  gemini.setKnobs({ rules: [{ fault: "prompt-blocked" }] });
  const blocked = await label({ selection: { query: { prefix: "uploads/" } }, prompt: { versionId: tones.id } });
  const { roots } = await loadLabelSchema();
  return { ...studio, roots, tones, refused, answered, blocked, name };
}

async function readPersonas({ ports }: Awaited<ReturnType<typeof openStudio>>) {
  const row = await ports.db.promptVersion.findFirstOrThrow({ where: { name: "Personas" } });
  return { content: readPromptContent(row), name: row.name };
}

test("tells how much was refused by group, prompt, model and the API's own reason, and leads to the images", async () => {
  const { ports, roots, tones, refused, blocked } = await openRefused();
  const { db } = ports;
  const rates = await readRefusalRates(db, {}, roots);
  expect(rates).toMatchObject({ asked: 7, refused: 3 });
  expect(rates.byGroup).toEqual([
    { root: "Model", group: "front_warm", asked: 2, refused: 2 },
    { root: null, group: null, asked: 1, refused: 1 },
  ]);
  expect(rates.byPrompt).toEqual([
    { promptId: expect.any(Number), prompt: "Personas v1", asked: 6, refused: 2 },
    { promptId: tones.id, prompt: "Tones v1", asked: 1, refused: 1 },
  ]);
  expect(rates.byModel).toEqual([{ model: ports.model.name, asked: 7, refused: 3 }]);
  const [safety, block] = rates.byReason;
  expect(safety).toEqual({
    code: "IMAGE_SAFETY",
    message: "The local Gemini was told to stop for IMAGE_SAFETY.",
    refused: 2,
  });
  expect(block).toMatchObject({ code: expect.stringMatching(/^[A-Z_]+$/), refused: 1 });

  const keysOf = async (filter: object) =>
    (await listRefused(db, refusalFilter.parse(filter), roots, { before: null })).map(({ key }) => key).sort();
  const [one, two, upload] = [
    "references/01. Model/front_warm/02.png",
    "references/01. Model/front_warm/03.png",
    "uploads/u-1/2026/11/someone.png",
  ];
  expect(await keysOf({})).toEqual([one, two, upload]);
  expect(await keysOf({ root: "Model", group: "front_warm" })).toEqual([one, two]);
  expect(await keysOf({ root: "Model", group: "profile_cool" })).toEqual([]);
  expect(await keysOf({ root: "Model" })).toEqual([]);
  expect(await keysOf({ outside: "yes" })).toEqual([upload]);
  expect(await keysOf({ prompt: tones.id })).toEqual([upload]);
  expect(await keysOf({ model: "gemini-2.5-pro" })).toEqual([]);
  expect(await keysOf({ reason: "IMAGE_SAFETY" })).toEqual([one, two]);
  expect(await keysOf({ run: blocked.runId })).toEqual([upload]);
  expect(await readRefusalRates(db, { run: refused.runId }, roots)).toMatchObject({ asked: 2, refused: 2 });

  const pages = [];
  for await (const page of exportRefused(db, refusalFilter.parse({ run: refused.runId }), roots)) pages.push(...page);
  expect(pages.map(({ prompt, runId, code }) => ({ prompt, runId, code }))).toEqual([
    { prompt: "Personas v1", runId: refused.runId, code: "IMAGE_SAFETY" },
    { prompt: "Personas v1", runId: refused.runId, code: "IMAGE_SAFETY" },
  ]);
  const newest = await listRefused(db, refusalFilter.parse({}), roots, { before: null, limit: 1 });
  const older = await listRefused(db, refusalFilter.parse({}), roots, { before: newest[0]?.id ?? 0 });
  expect([newest[0]?.key, ...older.map(({ key }) => key)].sort()).toEqual([one, two, upload]);
});

test("an image that was labeled when it was asked about once more was not refused", async () => {
  const { ports, roots, refused } = await openRefused();
  const { db } = ports;
  const call = await db.modelCall.findFirstOrThrow({ where: { labelRun: { jobRunId: refused.runId } } });
  const { id: _, ...again } = call;
  await db.modelCall.create({ data: { ...again, outcome: "failed", reasonCode: null } });
  expect(await readRefusalRates(db, { run: refused.runId }, roots)).toMatchObject({ asked: 2, refused: 2 });
  await db.modelCall.create({ data: { ...again, outcome: "labelled", reasonCode: null } });
  expect(await readRefusalRates(db, { run: refused.runId }, roots)).toMatchObject({ asked: 2, refused: 1 });
  expect(await listRefused(db, refusalFilter.parse({ run: refused.runId }), roots, { before: null })).toHaveLength(1);
});

test("an address says which refusals, and what it cannot mean is left out", () => {
  const read = (address: string) => refusalFilter.parse(Object.fromEntries(new URLSearchParams(address)));
  const filter = read("run=4&root=Model&group=front_warm&prompt=x&reason=&outside=no&other=1");
  expect(String(toRefusalAddress(filter))).toBe("run=4&root=Model&group=front_warm");
});
