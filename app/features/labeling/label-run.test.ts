import { expect, test } from "vitest";
import { cancelRun, resumeRun } from "~/features/job-runs/commands/steer-run.server";
import { createModel } from "~/ports/model/model.server";
import { noise, plainPng } from "../../../tests/support/odd-pictures";
import { openStudio, portrait } from "../../../tests/support/world/studio";
import { requestHash } from "./prompts/prompt-versions.server";
import { listLabelRuns } from "./views/list-label-runs.server";
import { readLabelRun } from "./views/read-label-run.server";
import { readProposals } from "./views/read-proposals.server";
import { readUnlabelled } from "./views/read-unlabelled.server";

test("keeps a proposal for each attribute with its run, prompt, raw response, tokens and dollars", async () => {
  const { ports, index, label } = await openStudio();
  await index();
  const { run, runId } = await label();
  expect(run).toMatchObject({ status: "succeeded", planned: 6, succeeded: 6, failed: 0, skipped: 0 });

  const { images, total, counts } = await readProposals(ports, { runId, page: 1 });
  expect(total).toBe(6);
  const said = Object.fromEntries(
    images.map(({ key, proposals }) => [key, Object.fromEntries(proposals.map((one) => [one.attribute, one.value]))]),
  );
  expect(said["references/01. Model/front_warm/02.png"]).toMatchObject({
    angle: "front",
    tone: "warm",
    ageRange: "50s",
  });
  expect(said["references/01. Model/back_neutral/03.png"]).toMatchObject({
    angle: "back",
    tone: "neutral",
    ageRange: "50s",
  });
  expect(images.flatMap(({ proposals }) => proposals)).toHaveLength(6 * 6);
  const age = images[0]?.proposals.find(({ attribute }) => attribute === "ageRange");
  expect(age?.estimate).toBeGreaterThan(60);
  expect(age?.confidence).toBeGreaterThan(0.5);

  const view = await readLabelRun(ports, runId);
  const calls = await ports.db.modelCall.findMany({ where: { labelRun: { jobRunId: runId } } });
  expect(calls).toHaveLength(6);
  for (const call of calls) {
    expect(call).toMatchObject({ outcome: "labelled", reason: null });
    expect(JSON.parse(call.answer ?? "")).toHaveProperty("ageRange.years");
    expect(JSON.parse(call.rawResponse ?? "")).toHaveProperty("candidates.0.finishReason", "STOP");
    expect(call.modelVersion).toBe("gemini-3.5-flash-lite");
    expect(call.imageTokens).toBe(4 * 1_120);
    expect(call.usd).toBeGreaterThan(0);
    expect(call.usd).toBeLessThan(call.reservedUsd);
  }
  expect(view.totals).toMatchObject({ calls: 6, proposals: 36, reservedUsd: 0 });
  expect(view.totals.spentUsd).toBeCloseTo(
    calls.reduce((sum, call) => sum + (call.usd ?? 0), 0),
    10,
  );
  expect(view.totals.quoteUsd).toBeGreaterThan(0);
  expect(view.prompt).toMatchObject({
    name: "Personas",
    version: 1,
    settings: { imageEdge: 768, thinkingLevel: "minimal" },
  });
  expect(view.prompt?.settings).not.toHaveProperty("temperature");
  expect(view.prompt?.examples.map(({ key, labels }) => [key, labels])).toEqual([
    ["references/01. Model/front_warm/reference.png", { angle: "front", tone: "warm" }],
    ["references/01. Model/profile_cool/reference.png", { angle: "profile", tone: "cool" }],
    ["references/01. Model/back_neutral/reference.png", { angle: "back", tone: "neutral" }],
  ]);
  expect(counts.find(({ attribute }) => attribute === "tone")?.values).toEqual([
    { value: "warm", count: 2 },
    { value: "neutral", count: 2 },
    { value: "cool", count: 2 },
  ]);
});

test("asks the same question about the same picture once, and anew when the picture or the prompt is another", async () => {
  const { ports, gemini, index, label, put } = await openStudio();
  await index();
  await label();
  expect(gemini.calls().total).toBe(6);
  const second = await label();
  expect(second.run).toMatchObject({ planned: 0, status: "succeeded" });
  expect(second.run.summary?.leftOut).toContainEqual({ what: "Answered before with this prompt", count: 6 });
  expect(gemini.calls().total).toBe(6);
  expect(await ports.db.promptVersion.count()).toBe(1);

  await put("front_warm/02.png", await portrait(20, "front", "warm", "30s"));
  await index();
  expect((await label()).run).toMatchObject({ planned: 1, succeeded: 1 });
  expect(await ports.db.promptVersion.count()).toBe(1);

  await put("front_warm/reference.png", await portrait(21, "front", "warm", "40s"));
  await index();
  const fourth = await label();
  expect(fourth.run).toMatchObject({ planned: 6, succeeded: 6 });
  expect((await readLabelRun(ports, fourth.runId)).prompt).toMatchObject({ name: "Personas", version: 2 });
});

test("asks twice what cannot be used, shows what was said, and lets a later run ask again about all but refusals", async () => {
  const { ports, gemini, index, label } = await openStudio();
  await index();
  gemini.setKnobs({ rules: [{ fault: "break-schema" }] });
  const first = await label();
  expect(first.run).toMatchObject({ status: "succeeded", succeeded: 0, failed: 6 });
  expect(gemini.calls().total).toBe(12);
  const [safety, schema, json, cut] = Object.keys(gemini.calls().byImage);
  gemini.setKnobs({
    rules: [
      { fault: "image-safety", image: safety },
      { fault: "break-schema", image: schema },
      { fault: "malformed-json", image: json },
      { fault: "max-tokens", image: cut },
    ],
  });
  const { run, runId } = await label();
  expect(run).toMatchObject({ planned: 6, status: "succeeded", succeeded: 2, failed: 4 });
  expect(gemini.calls().total).toBe(12 + 2 + 1 + 3 * 2);
  expect(run.failures.map(({ errorClass, count }) => [errorClass, count])).toEqual([
    ["invalid", 2],
    ["refused", 1],
    ["truncated", 1],
  ]);
  const refused = await readUnlabelled(ports, { runId, errorClasses: ["refused"], page: 1 });
  expect(refused).toMatchObject({
    total: 1,
    images: [
      {
        reason:
          "Gemini declined to label this image: it judged the image or its own answer unsafe (IMAGE_SAFETY): “The local Gemini was told to stop for IMAGE_SAFETY”. Label it by hand.",
        raw: expect.stringContaining("finishReason"),
      },
    ],
  });
  const invalid = await readUnlabelled(ports, { runId, errorClasses: ["invalid"], page: 1 });
  const broken = invalid.images.find(({ raw }) => raw?.includes("hard to say"));
  expect(broken?.reason).toMatch(/^Asked twice\. .* is not one of the listed values; its confidence is no number/);
  expect(invalid.images.map(({ reason }) => reason).join()).toMatch(/not JSON/);
  expect(await ports.db.proposal.count()).toBe(2 * 6);
  gemini.setKnobs({ rules: [] });
  expect((await label()).run).toMatchObject({ planned: 3, succeeded: 3 });
  expect((await label()).run.planned).toBe(0);
});

test("skips an image that changed or went since the plan was made, without a call", async () => {
  const { gemini, ports, index, start, carryOut, put } = await openStudio();
  await index();
  const { runId } = await start();
  await carryOut(runId, { apply: false });
  await put("front_warm/02.png", await portrait(30, "front", "warm", "60s"));
  await ports.storage.delete("references/01. Model/profile_cool/02.png");
  const run = await carryOut(runId);
  expect(run).toMatchObject({ succeeded: 4, skipped: 2, failed: 0 });
  const items = await ports.db.jobItem.findMany({ where: { runId, outcome: "skipped" }, orderBy: { seq: "asc" } });
  expect(items.map(({ reason }) => reason)).toEqual([
    "This image changed since the plan was made.",
    "This image is gone since the plan was made.",
  ]);
  expect(gemini.calls().total).toBe(4);
});

test("leaves archived images out, says so, and remembers one that turns out to be", async () => {
  const { gemini, ports, index, start, carryOut, setFaults } = await openStudio();
  const { storage, db } = ports;
  const key = "references/01. Model/front_warm/02.png";
  const { body } = await storage.get(key);
  await storage.put(key, body, { contentType: "image/png", storageClass: "GLACIER" });
  await index();
  const { runId } = await start();
  const plan = await carryOut(runId, { apply: false });
  expect(plan).toMatchObject({ planned: 5 });
  expect(plan.summary?.leftOut).toContainEqual({ what: "Archived, left out until restored in the store", count: 1 });

  const other = "references/01. Model/profile_cool/02.png";
  setFaults([{ operation: "GetObject", keyPattern: other, status: 403, code: "InvalidObjectState" }]);
  const run = await carryOut(runId);
  expect(run).toMatchObject({ succeeded: 4, failed: 1, failures: [{ errorClass: "s3-archived" }] });
  expect(await db.image.findUnique({ where: { key: other } })).toMatchObject({ archivedAs: "unknown" });
  expect(gemini.calls().total).toBe(4);
});

test("uses an answer that a dead worker left behind, and asks again where only the reservation was left", async () => {
  const { ports, gemini, index, start, label, carryOut } = await openStudio();
  await index();
  const first = await label();
  const { runId } = await start({ only: "all" });
  await carryOut(runId, { apply: false });
  const [answered, unanswered] = await ports.db.modelCall.findMany({
    where: { labelRun: { jobRunId: first.runId } },
    take: 2,
  });
  if (!answered || !unanswered) throw new Error("no calls");
  const { id: labelRunId } = await ports.db.labelRun.findUniqueOrThrow({ where: { jobRunId: runId } });
  const { id: _, ...call } = answered;
  await ports.db.modelCall.create({ data: { ...call, labelRunId } });
  await ports.db.modelCall.create({
    data: {
      labelRunId,
      imageId: unanswered.imageId,
      requestHash: unanswered.requestHash,
      reservedUsd: unanswered.reservedUsd,
      outcome: "reserved",
      createdAt: new Date(),
    },
  });
  const before = gemini.calls().total;
  expect(await carryOut(runId)).toMatchObject({ succeeded: 6, failed: 0 });
  expect(gemini.calls().total - before).toBe(5);
  const proposals = await ports.db.proposal.groupBy({
    by: ["imageId", "attribute"],
    where: { labelRunId },
    _count: { _all: true },
  });
  expect(proposals).toHaveLength(36);
  expect(proposals.every(({ _count }) => _count._all === 1)).toBe(true);
  const left = await ports.db.modelCall.findMany({ where: { labelRunId, imageId: unanswered.imageId } });
  expect(left.map(({ outcome }) => outcome).sort()).toEqual(["labelled", "reserved"]);
});

test("takes over for free what a cancelled run was answered and never used", async () => {
  const { ports, gemini, index, start, label, carryOut } = await openStudio();
  await index();
  const { runId } = await start();
  await carryOut(runId, { apply: false });
  const { id: labelRunId, promptVersion } = await ports.db.labelRun.findUniqueOrThrow({
    where: { jobRunId: runId },
    include: { promptVersion: true },
  });
  const answer = {
    angle: { value: "front", confidence: 0.9 },
    tone: { value: "warm", confidence: 0.9 },
    ageRange: { value: "50s", confidence: 0.9, years: 55 },
    expression: { value: "neutral", confidence: 0.9 },
    hairLength: { value: "short", confidence: 0.9 },
    wardrobe: { value: "other", confidence: 0.9 },
  };
  const items = await ports.db.jobItem.findMany({ where: { runId }, orderBy: { seq: "asc" }, take: 3 });
  await ports.db.modelCall.createMany({
    data: items.map(({ subject, etag }, index) => ({
      labelRunId,
      imageId: Number(subject),
      requestHash: requestHash(promptVersion?.hash ?? "", etag ?? ""),
      reservedUsd: 0.004,
      usd: 0.001,
      outcome: index === 2 ? "refused" : "labelled",
      answer: index === 2 ? "{}" : JSON.stringify(answer),
      createdAt: new Date(),
    })),
  });
  await cancelRun(ports, { runId, actor: { id: "script:test", name: "test" } });

  const next = await label();
  expect(next.run).toMatchObject({ planned: 5, succeeded: 5, failed: 0 });
  expect(next.run.summary?.leftOut).toContainEqual({ what: "Answered before with this prompt", count: 1 });
  expect(next.run.summary?.facts).toContainEqual({ label: "Answered in an interrupted run, free", value: "2" });
  expect(gemini.calls().total).toBe(3);
  const view = await readLabelRun(ports, next.runId);
  expect(view.totals).toMatchObject({ calls: 3, proposals: 30 });
  const { images } = await readProposals(ports, { runId: next.runId, page: 1 });
  const first = images.find(({ imageId }) => imageId === Number(items[0]?.subject));
  expect(first?.proposals).toContainEqual(
    expect.objectContaining({ attribute: "ageRange", value: "50s", estimate: 55 }),
  );
  expect((await label()).run).toMatchObject({ planned: 0 });
});

test("leaves its own examples out, and says so", async () => {
  const { ports, index, label } = await openStudio();
  await index();
  const { run, runId } = await label({ only: "all" });
  expect(run.summary).toMatchObject({ images: 6, samples: { length: 6 } });
  expect(run.summary?.leftOut).toContainEqual({ what: "Used as examples", count: 3 });
  const items = await ports.db.jobItem.findMany({ where: { runId } });
  expect(items.filter(({ label }) => label?.endsWith("reference.png"))).toEqual([]);
});

test("has no prompt before it is planned, and pauses as a whole, saying so once, when an example changed after that", async () => {
  const { ports, gemini, index, start, carryOut, put } = await openStudio();
  await index();
  const { runId } = await start();
  expect(await readLabelRun(ports, runId)).toMatchObject({
    prompt: null,
    scope: { selection: { query: { root: "Model" } }, only: "unanswered", prompt: "Personas" },
  });
  expect(await readProposals(ports, { runId, page: 1 })).toMatchObject({ total: 0, counts: [] });
  expect(await listLabelRuns(ports, { page: 1 })).toMatchObject({
    rows: [{ runId, promptVersion: null, spentUsd: 0 }],
  });
  await carryOut(runId, { apply: false });
  expect(await readLabelRun(ports, runId)).toMatchObject({ prompt: { name: "Personas", version: 1 } });

  await put("front_warm/reference.png", await portrait(50, "front", "warm", "40s"));
  // A worker that has not opened this run yet.
  const other = { ...ports, db: new Proxy(ports.db, {}) };
  const got: string[] = [];
  const storage: typeof ports.storage = {
    ...ports.storage,
    get: (key, options) => {
      got.push(key);
      return ports.storage.get(key, options);
    },
  };
  const run = await carryOut(runId, { worker: { ...other, storage } });
  expect(run).toMatchObject({
    status: "paused",
    done: 0,
    failed: 0,
    pauseReason:
      "The example “references/01. Model/front_warm/reference.png” changed since this prompt version was made. Put it back as it was, or start a new label run with other examples.",
  });
  expect(got).toHaveLength(3);
  expect(gemini.calls().total).toBe(0);

  await put("front_warm/reference.png", await portrait(1, "front", "warm", "20s"));
  await resumeRun(ports, { runId, actor: { id: "script:test", name: "test" } });
  const later = { ...ports, db: new Proxy(ports.db, {}) };
  expect(await carryOut(runId, { worker: later })).toMatchObject({
    status: "succeeded",
    succeeded: 6,
    pauseReason: null,
  });
});

test("an example that is deleted while a run goes on pauses it as a whole, saying so once, with no image failed", async () => {
  const { ports, gemini, index, start, carryOut } = await openStudio();
  await index();
  const { runId } = await start();
  await carryOut(runId, { apply: false });
  gemini.setKnobs({ rules: [{ times: 3 }, { fault: "quota-of-day" }] });
  const { status, succeeded } = await carryOut(runId);
  expect(status).toBe("paused");
  await ports.storage.delete("references/01. Model/back_neutral/reference.png");
  const before = gemini.attempts().length;
  await resumeRun(ports, { runId, actor: { id: "script:test", name: "test" } });
  // A worker that has not opened this run yet.
  const other = { ...ports, db: new Proxy(ports.db, {}) };
  expect(await carryOut(runId, { worker: other })).toMatchObject({
    status: "paused",
    succeeded,
    failed: 0,
    pauseReason:
      "The example “references/01. Model/back_neutral/reference.png” is gone. Put it back as it was, or start a new label run with other examples.",
  });
  expect(gemini.attempts()).toHaveLength(before);
  expect(await ports.db.jobItem.count({ where: { runId, error: { not: null } } })).toBe(0);
});

test("is not planned when an example of the version that it names is gone, and says which", async () => {
  const { ports, gemini, index, label, start, carryOut } = await openStudio();
  await index();
  const { runId: first } = await label();
  const { prompt } = await readLabelRun(ports, first);
  await ports.storage.delete("references/01. Model/profile_cool/reference.png");
  const { runId } = await start({ prompt: { versionId: prompt?.id ?? 0 }, only: "all" });
  const later = { ...ports, db: new Proxy(ports.db, {}) };
  expect(await carryOut(runId, { worker: later })).toMatchObject({
    status: "failed",
    planned: 0,
    error:
      "The example “references/01. Model/profile_cool/reference.png” is gone. Put it back as it was, or start a new label run with other examples.",
  });
  expect(gemini.calls().total).toBe(6);
});

test("gets every answer through a small quota without using up its attempts", async () => {
  const { ports, gemini, index, label } = await openStudio();
  await index();
  gemini.setKnobs({ quotaPerMinute: 1, minuteMs: 600 });
  const { run, runId } = await label();
  expect(run).toMatchObject({ succeeded: 6, failed: 0 });
  const items = await ports.db.jobItem.findMany({ where: { runId } });
  expect(items.map(({ attempts }) => attempts)).toEqual([1, 1, 1, 1, 1, 1]);
  // In each of the six minutes one call is answered, and the other three lanes can lose at most once before they all wait.
  // That they then pass one by one, which a slow machine does not keep up with, model-quotas.test.ts holds.
  expect(gemini.calls().total).toBe(6);
  expect(gemini.calls().rejected).toBeLessThanOrEqual(6 * 3);
});

test("waits as long as a 429 says, asks again, and pays for the answered call only", async () => {
  const { ports, gemini, index, label } = await openStudio();
  await index();
  gemini.setKnobs({ retryDelaySeconds: 0.4, rules: [{ fault: "rate-limit", times: 2 }] });
  const startedAt = Date.now();
  const { run } = await label();
  expect(run).toMatchObject({ succeeded: 6, failed: 0 });
  expect(Date.now() - startedAt).toBeGreaterThan(400);
  const calls = await ports.db.modelCall.groupBy({ by: ["outcome"], _count: { _all: true }, _sum: { usd: true } });
  expect(calls.find(({ outcome }) => outcome === "rate-limited")).toMatchObject({
    _count: { _all: 2 },
    _sum: { usd: 0 },
  });
  expect(gemini.calls()).toMatchObject({ total: 6, rejected: 2 });
});

test("an image that is no usable picture fails with class and sentence before any money is reserved", async () => {
  const { ports, index, label, put, start, carryOut } = await openStudio();
  await put("front_warm/notes.png", Buffer.from("Light: one softbox, left."));
  const whole = await noise(400, 300).jpeg().toBuffer();
  await put("front_warm/cut.jpg", whole.subarray(0, whole.length / 2), "image/jpeg");
  await put("front_warm/huge.png", plainPng(20_000, 14_000));
  await index();
  const { run, runId } = await label();
  expect(run).toMatchObject({ status: "succeeded", succeeded: 6, failed: 3 });
  const { images } = await readUnlabelled(ports, { runId, page: 1 });
  expect(images.map(({ key, errorClass }) => [key.split("/").at(-1), errorClass])).toEqual([
    ["cut.jpg", "undecodable"],
    ["huge.png", "too-large"],
    ["notes.png", "not-an-image"],
  ]);
  expect(images[1]?.reason).toContain("20\u202f000 × 14\u202f000");
  expect(await ports.db.modelCall.count()).toBe(6);
  // As a backfill does: the next run leaves them out, and its plan says so.
  const again = await start({ only: "all" });
  const planned = await carryOut(again.runId, { apply: false });
  expect(planned.planned).toBe(6);
  expect(planned.summary?.leftOut).toContainEqual({ what: "Left out as unreadable", count: 3 });
});

test("a picture that an earlier try took for unreadable is one again once it is read", async () => {
  const { ports, index, start, carryOut } = await openStudio();
  await index();
  const { runId } = await start();
  await carryOut(runId, { apply: false });
  const late = { key: { endsWith: "profile_cool/02.png" } };
  const { etag } = await ports.db.image.findFirstOrThrow({ where: late });
  const tooSlow = { readEtag: etag, unreadableClass: "too-slow", unreadable: "It took longer than 20 s." };
  await ports.db.image.updateMany({ where: late, data: tooSlow });
  expect(await carryOut(runId)).toMatchObject({ succeeded: 6, failed: 0 });
  const isUnread = { readEtag: null, unreadableClass: null, unreadable: null };
  expect(await ports.db.image.findFirst({ where: late })).toMatchObject(isUnread);
});

test("a picture that has a thumbnail stays one when a single try cannot decode it", async () => {
  const { ports, index, label, put } = await openStudio();
  const whole = await noise(400, 300).jpeg().toBuffer();
  await put("front_warm/cut.jpg", whole.subarray(0, whole.length / 2), "image/jpeg");
  await index();
  const cut = { key: { endsWith: "cut.jpg" } };
  const { etag } = await ports.db.image.findFirstOrThrow({ where: cut });
  await ports.db.image.updateMany({ where: cut, data: { readEtag: etag, thumbnailEtag: etag } });
  const { run } = await label();
  expect(run).toMatchObject({ succeeded: 6, failed: 1 });
  expect(await ports.db.image.findFirst({ where: cut })).toMatchObject({ unreadableClass: null, thumbnailEtag: etag });
});

test("marks where a folder says something else than the model", async () => {
  const { ports, index, label, put } = await openStudio();
  await put("three-quarter_warm/01.png", await portrait(40, "front", "warm", "20s"));
  await put("side view??/01.png", await portrait(41, "profile", "cool", "20s"));
  await index();
  const { runId } = await label();
  const { images } = await readProposals(ports, { runId, page: 1 });
  const wrong = images.find(({ group }) => group === "three-quarter_warm");
  expect(wrong?.proposals.filter(({ folder }) => folder !== null)).toMatchObject([
    { attribute: "angle", value: "front", folder: "three-quarter", disagrees: true },
    { attribute: "tone", value: "warm", folder: "warm", disagrees: false },
  ]);
  const unreadable = images.find(({ group }) => group === "side view??");
  expect(unreadable?.proposals.every(({ folder, disagrees }) => folder === null && !disagrees)).toBe(true);
});

test("a key that Gemini does not take ends the plan with a sentence, before any image", async () => {
  const { ports, gemini, index, start, carryOut } = await openStudio();
  await index();
  ports.model = createModel({
    GEMINI_API_KEY: "wrong",
    GEMINI_BASE_URL: gemini.url,
    GEMINI_MODEL: "gemini-3.5-flash-lite",
  });
  const { runId } = await start();
  expect(await carryOut(runId)).toMatchObject({
    status: "failed",
    error: expect.stringMatching(/API key.*Check GEMINI_API_KEY/),
  });
});
