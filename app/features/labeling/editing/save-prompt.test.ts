import { expect, test } from "vitest";
import { readLabelRun } from "~/features/labeling/views/read-label-run.server";
import { openStudio, portrait } from "../../../../tests/support/world/studio";
import { promptDraft } from "./prompt-draft";
import { savePrompt } from "./save-prompt.server";

const mina = { id: "operator:1", name: "Mina Sato" };
const jun = { id: "operator:2", name: "Jun Park" };

const fields = {
  name: "Tones",
  instructions: "Say how warm the light is.",
  attributes: { tone: "on" },
  model: "gemini-3.5-flash-lite",
  maxOutputTokens: 1_024,
  thinking: "minimal",
  imageEdge: 512,
  examples: "[]",
};
const draftOf = (over: Partial<typeof fields> = {}) => promptDraft.parse({ ...fields, ...over });

test("keeps a draft as the next version with an entry in the audit log, and what was kept before as it is", async () => {
  const { ports } = await openStudio();
  const first = await savePrompt(ports, { draft: draftOf(), actor: mina });
  expect(first).toMatchObject({ name: "Tones", version: 1, isNew: true });
  expect(await savePrompt(ports, { draft: draftOf(), actor: jun })).toEqual({ ...first, isNew: false });
  const elsewhere = await savePrompt(ports, { draft: draftOf({ name: "Colors" }), actor: jun });
  expect(elsewhere).toEqual({ ...first, isNew: false });
  const events = await ports.db.auditEvent.findMany({ where: { action: "prompt.save" } });
  expect(events.map(({ actor, subject, sentence }) => [actor, subject, sentence])).toEqual([
    ["operator:1", `prompt:${first.id}`, "Saved version 1 of the prompt “Tones”."],
  ]);
});

test("two people who save at once both keep their versions", async () => {
  const { ports } = await openStudio();
  const saved = await Promise.all(
    [mina, jun].map((actor) => savePrompt(ports, { draft: draftOf({ instructions: `${actor.name} asks.` }), actor })),
  );
  expect(saved.map(({ version }) => version).sort()).toEqual([1, 2]);
  expect(saved.every(({ isNew }) => isNew)).toBe(true);
  const kept = await ports.db.promptVersion.findMany({ orderBy: { version: "asc" } });
  expect(kept.map(({ instructions }) => instructions).sort()).toEqual(["Jun Park asks.", "Mina Sato asks."]);
});

test("a label run keeps its version while newer ones are saved", async () => {
  const { ports, index, start, carryOut } = await openStudio();
  await index();
  const first = await savePrompt(ports, { draft: draftOf(), actor: mina });
  const prompt = { versionId: first.id };
  const { runId } = await start({ prompt });
  await carryOut(runId, { apply: false });
  await savePrompt(ports, { draft: draftOf({ instructions: "Look again." }), actor: jun });
  expect(await carryOut(runId)).toMatchObject({ status: "succeeded", succeeded: 9 });
  expect((await readLabelRun(ports, runId)).prompt).toMatchObject({ id: first.id, name: "Tones", version: 1 });
  const newest = await start({ prompt: { name: "Tones" } });
  await carryOut(newest.runId, { apply: false });
  expect((await readLabelRun(ports, newest.runId)).prompt).toMatchObject({ name: "Tones", version: 2 });
});

test("keeps examples with the labels that are asked for, and none that is gone or was replaced", async () => {
  const { ports, put } = await openStudio();
  const key = "references/01. Model/front_warm/reference.png";
  const etag = (await ports.storage.head(key))?.etag ?? "";
  const examples = (tag: string) => JSON.stringify([{ key, etag: tag, labels: { tone: "warm", angle: "front" } }]);
  const { id } = await savePrompt(ports, { draft: draftOf({ examples: examples(etag) }), actor: mina });
  const kept = await ports.db.promptVersion.findUniqueOrThrow({ where: { id } });
  expect(JSON.parse(kept.examples)).toEqual([{ key, etag, labels: { tone: "warm" } }]);
  expect(JSON.parse(kept.settings)).toEqual({
    model: "gemini-3.5-flash-lite",
    maxOutputTokens: 1_024,
    thinkingLevel: "minimal",
    imageEdge: 512,
  });

  await put("front_warm/reference.png", await portrait(21, "front", "warm", "40s"));
  const other = draftOf({ instructions: "Look again.", examples: examples(etag) });
  await expect(savePrompt(ports, { draft: other, actor: mina })).rejects.toThrow(
    `The example “${key}” changed since it was chosen. Remove it, or choose it again.`,
  );
  expect(await ports.db.promptVersion.count()).toBe(1);
});

test.each([
  [{ attributes: { mood: "on" } }, "labels/schema.json has no attribute called “mood”. Leave it out."],
  [{ thinking: "deep" }, "gemini-3.5-flash-lite does not think “deep”. Choose another way to think."],
  [
    { examples: JSON.stringify([{ key: "a.png", etag: "e", labels: { tone: "hot" } }]) },
    "“hot” is not a listed value of tone. Choose another for “a.png”.",
  ],
  [
    { examples: JSON.stringify([1, 2].map(() => ({ key: "a.png", etag: "e", labels: {} }))) },
    "The example “a.png” is there twice. Remove one of them.",
  ],
])("refuses what cannot be asked: %j", async (over, sentence) => {
  const { ports } = await openStudio();
  const draft = promptDraft.parse({ ...fields, ...over });
  await expect(savePrompt(ports, { draft, actor: mina })).rejects.toThrow(sentence);
});

test.each([
  [{ name: " personas " }, "“Personas” is made by the console itself. Give yours another name."],
  [{ name: "" }, "Give the prompt a name."],
  [{ attributes: undefined }, "Choose at least one attribute."],
  [{ maxOutputTokens: 3 }, "Give a whole number of tokens from 64 to 65536."],
  [{ examples: "[" }, "The examples are not JSON."],
  [
    { examples: JSON.stringify(Array.from({ length: 11 }, (_, at) => ({ key: `${at}`, etag: "e", labels: {} }))) },
    "A prompt has 10 examples at most.",
  ],
])("says what is wrong with a field: %j", (over, sentence) => {
  const { error } = promptDraft.safeParse({ ...fields, ...over });
  expect(error?.issues.map(({ message }) => message)).toEqual([sentence]);
});
