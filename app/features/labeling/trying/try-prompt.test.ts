import { expect, test } from "vitest";
import { sumSpend } from "~/features/labeling/budget/sum-spend.sql.server";
import { listPrompts } from "~/features/labeling/views/list-prompts.sql.server";
import { readImageCalls } from "~/features/labeling/views/read-image-calls.server";
import { readPromptVersion } from "~/features/labeling/views/read-prompt-version.server";
import { openStudio, portrait } from "../../../../tests/support/world/studio";
import { quoteCall } from "./quote-call.server";
import { readTriedImageFacts, readTries } from "./read-tries.server";
import { showRequest } from "./show-request.server";
import { tryPrompt } from "./try-prompt.server";

const actor = { id: "operator:1", name: "Mina Sato" };
const { signal } = new AbortController();

/** A studio that has planned one label run, so that there is a version of Personas and no call yet. */
async function openTrying() {
  const studio = await openStudio();
  await studio.index();
  const { runId } = await studio.start();
  await studio.carryOut(runId, { apply: false });
  const [{ id: versionId } = { id: 0 }] = await listPrompts(studio.ports);
  const key = "references/01. Model/front_warm/02.png";
  const image = await studio.ports.db.image.findUniqueOrThrow({ where: { key } });
  return { ...studio, runId, versionId, image };
}

test("a try is quoted, paid, kept and written down, and a label run takes its answer over", async () => {
  const { ports, gemini, versionId, image, label } = await openTrying();
  const { prompt } = await readPromptVersion(ports, versionId);
  const quote = await quoteCall(ports, { versionId, imageId: image.id, signal });
  expect(quote).toMatchObject({ isEstimate: false });
  expect(quote.inputTokens).toBeGreaterThan(4 * 258);
  expect(quote.mostUsd).toBeGreaterThan(quote.usd ?? Number.POSITIVE_INFINITY);
  expect(gemini.calls().total).toBe(0);

  await tryPrompt(ports, { versionId, imageId: image.id, actor });
  expect(gemini.calls().total).toBe(1);
  const [one, ...others] = await readTries(ports.db, { version: prompt, imageId: image.id });
  expect(others).toEqual([]);
  expect(one).toMatchObject({ outcome: "labelled", reason: null, inputTokens: quote.inputTokens });
  expect(one?.values?.map(({ attribute, value }) => [attribute, value])).toContainEqual(["ageRange", "50s"]);
  expect(one?.raw).toContain("candidates");
  const spend = await sumSpend(ports, { since: new Date(0) });
  expect(spend.spentUsd).toBe(one?.usd);
  expect(spend.spentUsd).toBeGreaterThan(0);
  const events = await ports.db.auditEvent.findMany({ where: { action: "prompt.try" } });
  expect(events.map(({ subject, sentence }) => [subject, sentence])).toEqual([
    [`prompt:${versionId}`, `Tried “Personas” v1 on image ${image.id}.`],
  ]);
  expect(await readTriedImageFacts(ports.db, image.id)).toMatchObject({
    key: image.key,
    folder: { angle: "front", tone: "warm" },
    labels: [],
  });

  expect(await readImageCalls(ports.db, image.id)).toMatchObject([
    { runId: null, triedVersionId: versionId, outcome: "labelled" },
  ]);

  const { run } = await label();
  expect(run).toMatchObject({ planned: 6, succeeded: 6 });
  expect(gemini.calls().total).toBe(6);
  expect(await ports.db.proposal.count({ where: { imageId: image.id } })).toBe(6);
});

test("who asks about every image again gets another answer where a try was taken over before", async () => {
  const { ports, gemini, versionId, image, label } = await openTrying();
  await tryPrompt(ports, { versionId, imageId: image.id, actor });
  await label();
  expect(gemini.calls().total).toBe(6);
  expect((await label({ only: "all" })).run).toMatchObject({ planned: 6, succeeded: 6 });
  expect(gemini.calls().total).toBe(12);
});

test("a try that is refused says why, and the image is still asked about by a label run", async () => {
  const { ports, gemini, versionId, image, label } = await openTrying();
  gemini.setKnobs({ rules: [{ fault: "image-safety", times: 1 }] });
  await tryPrompt(ports, { versionId, imageId: image.id, actor });
  const { prompt } = await readPromptVersion(ports, versionId);
  const [one] = await readTries(ports.db, { version: prompt, imageId: null });
  expect(one).toMatchObject({ outcome: "refused", values: null, key: image.key });
  expect(one?.reason).toContain("(IMAGE_SAFETY)");
  expect((await label()).run).toMatchObject({ planned: 6, succeeded: 6 });
});

/** A clock that stands still: what is held stays held, however long a test takes. */
function standStill<World extends { clock: unknown }>(ports: World) {
  const at = new Date();
  return { ...ports, clock: { now: () => at } };
}

test("a quota that tries use up holds all calls, and the limit that it told is kept", async () => {
  const { ports, gemini, versionId, image } = await openTrying();
  const world = standStill(ports);
  gemini.setKnobs({ quotaPerMinute: 1 });
  const other = await ports.db.image.findUniqueOrThrow({ where: { key: "references/01. Model/front_warm/03.png" } });
  await Promise.all([image, other].map(({ id }) => tryPrompt(world, { versionId, imageId: id, actor })));
  const calls = await ports.db.modelCall.findMany();
  expect(calls.map(({ outcome }) => outcome).toSorted()).toEqual(["labelled", "rate-limited"]);
  expect(await ports.db.modelQuota.findMany()).toMatchObject([
    { model: "gemini-3.5-flash-lite", requestsPerMinute: 1, heldUntil: expect.any(Date) },
  ]);
  await expect(tryPrompt(world, { versionId, imageId: other.id, actor })).rejects.toThrow(
    /^Gemini’s quota is used up: .* Nothing was spent; try again later\.$/s,
  );
  expect(await ports.db.modelCall.count()).toBe(2);
  expect(await ports.db.auditEvent.count({ where: { action: "prompt.try" } })).toBe(2);
});

test("of two tries at once, where a minute has room for one, one is made", async () => {
  const { ports, gemini, versionId, image } = await openTrying();
  const world = standStill(ports);
  await ports.db.modelQuota.create({ data: { model: "gemini-3.5-flash-lite", requestsPerMinute: 1 } });
  const tries = [1, 2].map(() => tryPrompt(world, { versionId, imageId: image.id, actor }));
  const ends = await Promise.allSettled(tries);
  expect(ends.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(ends.find(({ status }) => status === "rejected")).toMatchObject({
    reason: {
      message:
        "The quota of 1 request a minute for gemini-3.5-flash-lite is used up. Nothing was spent; try again later.",
    },
  });
  expect(gemini.attempts()).toHaveLength(1);
});

test("spends nothing on an image that changed since it was indexed, or with an example that did", async () => {
  const { ports, gemini, versionId, image, put } = await openTrying();
  await put("front_warm/02.png", await portrait(20, "front", "warm", "30s"));
  const asked = { versionId, imageId: image.id };
  await expect(tryPrompt(ports, { ...asked, actor })).rejects.toThrow(
    `The image “${image.key}” changed since it was indexed. Choose another one, or index the bucket again.`,
  );
  await put("front_warm/reference.png", await portrait(21, "front", "warm", "40s"));
  await expect(quoteCall(ports, { ...asked, signal })).rejects.toThrow("The example “references/01. Model/front_warm");
  await expect(quoteCall(ports, { versionId: 99, imageId: null, signal })).rejects.toThrow(
    "There is no prompt version 99.",
  );
  expect(gemini.calls().total).toBe(0);
  expect(await ports.db.modelCall.count()).toBe(0);
});

test("shows the request as it is sent, with placeholders for pictures", async () => {
  const { ports, versionId } = await openTrying();
  const { address, body } = await showRequest(ports, versionId);
  expect(address).toMatch(/\/v1beta\/models\/[a-z0-9.-]+:generateContent$/);
  const text = JSON.stringify(body);
  expect(text).toContain("You label reference photos");
  expect(text.match(/‹JPEG of at most 768 px: [^›]+›/g)).toEqual([
    expect.stringContaining("front_warm/reference.png”, ETag "),
    expect.stringContaining("profile_cool/reference.png”, ETag "),
    expect.stringContaining("back_neutral/reference.png”, ETag "),
    "‹JPEG of at most 768 px: the image that is asked about›",
  ]);
  expect(body).toMatchObject({
    contents: { length: 7, 1: { role: "model", parts: [{ text: expect.stringContaining('"front"') }] } },
    generationConfig: { responseMimeType: "application/json", responseJsonSchema: { type: "object" } },
  });
});
