import { createServer } from "node:http";
import sharp from "sharp";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { openTestGemini } from "../../../tests/support/gemini";
import { createModel, type LabelRequest } from "./model.server";

const answer = z.strictObject({
  tone: z.strictObject({ value: z.enum(["warm", "neutral", "cool"]), confidence: z.number().min(0).max(1) }),
});
type Answer = z.infer<typeof answer>;

async function plain(color: string) {
  const picture = sharp({ create: { width: 300, height: 400, channels: 3, background: color } });
  return { bytes: await picture.png().toBuffer(), contentType: "image/png" };
}

async function requestFor(color: string, more: Partial<LabelRequest<Answer>> = {}): Promise<LabelRequest<Answer>> {
  return {
    model: "gemini-3.5-flash-lite",
    instructions: "State the tone of the picture.",
    examples: [],
    image: await plain(color),
    answer,
    maxOutputTokens: 256,
    ...more,
  };
}

describe("label", () => {
  test("gives the answer, its raw text and the tokens by modality", async () => {
    const { model } = await openTestGemini();
    const examples = [
      { image: await plain("#e8c39a"), answer: { tone: { value: "warm" as const, confidence: 1 } } },
      { image: await plain("#b9b9b9"), answer: {} },
    ];
    const result = await model.label(await requestFor("#9ab8e0", { examples }));
    if (result.kind !== "labelled") throw new Error(JSON.stringify(result));
    expect(result.answer.tone.value).toBe("cool");
    expect(JSON.parse(result.text)).toEqual(result.answer);
    expect(result).toMatchObject({ mended: [], modelVersion: "gemini-3.5-flash-lite" });
    expect(result.usage).toEqual({
      text: expect.any(Number),
      image: 3 * 1_120,
      cached: 0,
      thoughts: 0,
      output: expect.any(Number),
    });
    expect(result.usage?.text).toBeGreaterThan(5);
    expect(result.usage?.output).toBeGreaterThan(5);
  });

  test("keeps the body of a response as it came, with what the SDK drops of it", async () => {
    const { model } = await openTestGemini({ knobs: { rules: [{ fault: "image-safety" }] } });
    const result = await model.label(await requestFor("#b9b9b9"));
    expect(result).toMatchObject({ kind: "refused", said: "The local Gemini was told to stop for IMAGE_SAFETY." });
    expect(JSON.parse(result.raw ?? "")).toEqual({
      candidates: [
        {
          content: { role: "model" },
          finishReason: "IMAGE_SAFETY",
          index: 0,
          finishMessage: "The local Gemini was told to stop for IMAGE_SAFETY.",
        },
      ],
      usageMetadata: expect.objectContaining({ totalTokenCount: expect.any(Number) }),
      modelVersion: "gemini-3.5-flash-lite",
    });
  });

  test.each([
    ["image-safety", { kind: "refused", reason: "IMAGE_SAFETY" }],
    ["prompt-blocked", { kind: "refused", reason: "PROHIBITED_CONTENT" }],
    ["other", { kind: "unanswered", reason: "OTHER" }],
    ["no-image", { kind: "unanswered", reason: "NO_IMAGE" }],
    ["malformed-response", { kind: "unanswered", reason: "MALFORMED_RESPONSE" }],
    ["unknown-reason", { kind: "unanswered", reason: "SOMETHING_NEW" }],
    ["empty", { kind: "unanswered", reason: null }],
    ["no-candidate", { kind: "unanswered", reason: null }],
    ["thoughts", { kind: "truncated", byThoughts: true }],
    ["max-tokens", { kind: "truncated", byThoughts: false }],
    ["fenced", { kind: "labelled", mended: ["fence"] }],
    ["doubled", { kind: "labelled", mended: ["doubled"] }],
    ["quoted", { kind: "labelled", mended: ["quoted"] }],
    ["number-as-text", { kind: "labelled", mended: ["number"] }],
    ["other-case", { kind: "labelled", mended: ["case"] }],
  ] as const)("a response of the kind %s is read as %j", async (fault, read) => {
    const { model } = await openTestGemini({ knobs: { rules: [{ fault }] } });
    expect(await model.label(await requestFor("#b9b9b9"))).toMatchObject(read);
  });

  test("tells a cut answer from an invalid one and keeps the text of both", async () => {
    const { model } = await openTestGemini({
      knobs: {
        rules: [{ fault: "max-tokens", times: 1 }, { fault: "malformed-json", times: 1 }, { fault: "break-schema" }],
      },
    });
    const request = await requestFor("#b9b9b9");
    expect(await model.label(request)).toMatchObject({ kind: "truncated", text: expect.stringMatching(/^\{/) });
    expect(await model.label(request)).toMatchObject({
      kind: "invalid",
      problem: expect.stringContaining("not JSON"),
      text: expect.stringContaining('"tone"'),
    });
    expect(await model.label(request)).toMatchObject({
      kind: "invalid",
      problem: "The answer breaks the schema.",
      issues: [{ path: ["tone", "value"] }, { path: ["tone", "confidence"] }],
      text: expect.stringContaining("hard to say"),
    });
  });

  test("is cut by its own limit of output tokens", async () => {
    const { model } = await openTestGemini();
    expect(await model.label(await requestFor("#b9b9b9", { maxOutputTokens: 4 }))).toMatchObject({ kind: "truncated" });
  });

  test("reads the delay of a 429 and does not call again by itself", async () => {
    const { model, gemini } = await openTestGemini({
      knobs: { retryDelaySeconds: 37.5, rules: [{ fault: "rate-limit" }] },
    });
    expect(await model.label(await requestFor("#b9b9b9"))).toEqual({
      kind: "rate-limited",
      retryAfterMs: 37_500,
      quota: { requestsPerMinute: null, tokensPerMinute: null },
      reason: expect.stringContaining("You exceeded your current quota"),
      raw: expect.stringContaining('"retryDelay":"37.5s"'),
    });
    expect(gemini.calls()).toMatchObject({ total: 0, rejected: 1 });
  });

  test("waits for the rest of the minute when the quota of one is used up", async () => {
    const { model } = await openTestGemini({ knobs: { quotaPerMinute: 1 } });
    expect(await model.label(await requestFor("#b9b9b9"))).toMatchObject({ kind: "labelled" });
    const second = await model.label(await requestFor("#b9b9b9"));
    if (second.kind !== "rate-limited") throw new Error(JSON.stringify(second));
    expect(second.retryAfterMs).toBeGreaterThan(30_000);
    expect(second.retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  test("may be asked again after a 500, and was not billed", async () => {
    const { model, gemini } = await openTestGemini({ knobs: { rules: [{ fault: "server-error" }] } });
    expect(await model.label(await requestFor("#b9b9b9"))).toEqual({
      kind: "failed",
      retryable: true,
      perhapsBilled: false,
      reason: expect.stringMatching(/^Gemini failed \(500\): An internal error/),
      raw: expect.stringContaining('"status":"INTERNAL"'),
    });
    expect(gemini.calls().rejected).toBe(1);
  });

  test.each([
    ["quota-of-day", "day", /^Gemini’s quota of the day is used up: .* Resume after midnight Pacific time/],
    ["no-quota", "quota", /^The Google project has no quota for gemini-3\.5-flash-lite: .*limit: 0/],
    ["spending-cap", "quota", /^The Google project has reached its spending cap: .* Raise its cap in Google AI Studio/],
    [
      "key-expired",
      "access",
      /^Gemini does not accept the API key \(400\): API key expired\. .* Check GEMINI_API_KEY\.$/,
    ],
  ] as const)("of %s says that no waiting helps, and why, whatever RetryInfo says", async (fault, why, sentence) => {
    const { model } = await openTestGemini({ knobs: { rules: [{ fault }], retryDelaySeconds: 21.5 } });
    const result = await model.label(await requestFor("#b9b9b9"));
    expect(result).toMatchObject({ kind: "denied", why, reason: expect.stringMatching(sentence) });
  });

  test("a wait of hours is no quota of a minute", async () => {
    const { model } = await openTestGemini({ knobs: { rules: [{ fault: "rate-limit" }], retryDelaySeconds: 40_000 } });
    const result = await model.label(await requestFor("#b9b9b9"));
    expect(result).toMatchObject({ kind: "denied", why: "quota", reason: expect.stringContaining("667 minutes") });
  });

  test("an overloaded model is no failure of the call, and not billed", async () => {
    const { model, gemini } = await openTestGemini({ knobs: { rules: [{ fault: "overloaded", times: 1 }] } });
    const request = await requestFor("#b9b9b9");
    expect(await model.label(request)).toMatchObject({
      kind: "unavailable",
      reason: "Gemini is overloaded (503): The model is overloaded. Please try again later.",
    });
    expect(await model.label(request)).toMatchObject({ kind: "labelled" });
    expect(gemini.calls()).toMatchObject({ total: 1, rejected: 1 });
  });

  test("says what to check for a wrong key and an unknown model", async () => {
    const { model } = await openTestGemini({ apiKey: "another" });
    expect(await model.label(await requestFor("#b9b9b9"))).toMatchObject({
      kind: "denied",
      why: "access",
      reason: expect.stringMatching(/API key \(400\).*Check GEMINI_API_KEY/),
    });
    const { model: right } = await openTestGemini();
    expect(await right.label(await requestFor("#b9b9b9", { model: "palm-1" }))).toMatchObject({
      kind: "denied",
      why: "access",
      reason: expect.stringMatching(/no model “palm-1” \(404\).*Check GEMINI_MODEL/),
    });
  });

  test("does not take what is no picture", async () => {
    const { model } = await openTestGemini();
    const image = { bytes: Buffer.from("no picture"), contentType: "image/png" };
    expect(await model.label(await requestFor("#b9b9b9", { image }))).toMatchObject({
      kind: "failed",
      retryable: false,
      reason: expect.stringMatching(/^Gemini did not take the request \(400\): Unable to process input image/),
    });
  });

  test("gives up on a server that hangs, and perhaps was billed", async () => {
    const { model } = await openTestGemini({ timeoutMs: 100, knobs: { rules: [{ fault: "hang" }] } });
    expect(await model.label(await requestFor("#b9b9b9"))).toEqual({
      kind: "failed",
      retryable: true,
      perhapsBilled: true,
      reason: "Gemini did not answer within 0.1 s.",
      raw: null,
    });
  });

  test("stops when the caller does", async () => {
    const { model } = await openTestGemini({ knobs: { rules: [{ fault: "hang" }] } });
    const result = await model.label(await requestFor("#b9b9b9", { signal: AbortSignal.timeout(100) }));
    expect(result).toMatchObject({ kind: "failed", retryable: true, reason: expect.stringContaining("stopped") });
  });

  test("says that nobody listens, and was not billed", async () => {
    const { model, gemini } = await openTestGemini();
    await gemini.close();
    expect(await model.label(await requestFor("#b9b9b9"))).toMatchObject({
      kind: "unavailable",
      reason: "Gemini could not be reached (ECONNREFUSED).",
    });
  });

  test("copes with servers that are not Gemini", async () => {
    const pages = [
      { status: 200, type: "text/html", body: "<h1>It works</h1>" },
      { status: 502, type: "text/html", body: "<h1>Bad gateway</h1>" },
      { status: 429, type: "text/plain", body: '{"error":{"message":"Slow down","details":[{"retryDelay":"7s"}]}}' },
      { status: 429, type: "application/json", body: '{"error":{"message":"Slow down"}}' },
      { status: 200, type: "application/json", body: "{}" },
    ];
    const server = createServer((_, response) => {
      const { status, type, body } = pages.shift() ?? { status: 500, type: "text/plain", body: "" };
      response.writeHead(status, { "content-type": type }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    const model = createModel({
      GEMINI_API_KEY: "key",
      GEMINI_BASE_URL: `http://127.0.0.1:${address.port}`,
      GEMINI_MODEL: "gemini-3.5-flash-lite",
    });
    const request = await requestFor("#b9b9b9");
    expect(await model.label(request)).toMatchObject({ kind: "failed", retryable: true });
    expect(await model.label(request)).toMatchObject({
      kind: "unavailable",
      reason: expect.stringContaining("502"),
      raw: "<h1>Bad gateway</h1>",
    });
    expect(await model.label(request)).toMatchObject({ kind: "rate-limited", retryAfterMs: 7_000 });
    expect(await model.label(request)).toMatchObject({ kind: "rate-limited", retryAfterMs: 30_000 });
    expect(await model.label(request)).toMatchObject({ kind: "unanswered", reason: null, usage: null, raw: "{}" });
  });
});

describe("settings", () => {
  test.each([
    ["gemini-3.5-flash-lite", "low", 280],
    ["gemini-3.5-flash-lite", "medium", 560],
    ["gemini-3.5-flash-lite", "high", 1_120],
    ["gemini-3.5-flash-lite", undefined, 1_120],
    ["gemini-2.5-flash-lite", undefined, 4 * 258],
  ] as const)(
    "%s is billed for a picture by the media resolution %s: %d tokens",
    async (name, mediaResolution, image) => {
      const { model } = await openTestGemini();
      const result = await model.label(await requestFor("#b9b9b9", { model: name, mediaResolution }));
      expect(result).toMatchObject({ kind: "labelled", usage: { image } });
    },
  );

  test("a temperature reaches only a model that is told one, and each level of thinking its own", async () => {
    const { model } = await openTestGemini();
    const ask = async (more: Partial<LabelRequest<Answer>>) => model.label(await requestFor("#b9b9b9", more));
    expect(await ask({ temperature: 0 })).toMatchObject({
      kind: "failed",
      reason: expect.stringContaining("temperature is not supported by models/gemini-3.5-flash-lite"),
    });
    expect(await ask({ model: "gemini-3.5-flash", temperature: 0 })).toMatchObject({ kind: "labelled" });
    expect(await ask({ model: "gemini-3.8-flash", thinkingLevel: "low" })).toMatchObject({ kind: "labelled" });
    expect(await ask({ model: "gemini-3.8-flash", thinkingLevel: "minimal" })).toMatchObject({
      kind: "failed",
      reason: expect.stringContaining("Thinking level MINIMAL is not supported"),
    });
  });
});

describe("list", () => {
  test("names the models that answer", async () => {
    const { model, gemini } = await openTestGemini({
      knobs: { models: ["gemini-3.8-flash", "gemini-3.5-flash-lite"] },
    });
    expect(await model.list()).toEqual(["gemini-3.8-flash", "gemini-3.5-flash-lite"]);
    await gemini.close();
    await expect(model.list()).rejects.toMatchObject({ name: "ModelError", retryable: true });
  });

  test("says what is wrong with the key", async () => {
    const { model } = await openTestGemini({ apiKey: "another" });
    await expect(model.list()).rejects.toMatchObject({ retryable: false, message: expect.stringContaining("API key") });
  });
});

describe("countTokens", () => {
  test("counts the instructions as content, for the Gemini API refuses systemInstruction there", async () => {
    const { model, gemini } = await openTestGemini();
    const short = await requestFor("#b9b9b9", { instructions: "Tone?" });
    const long = await requestFor("#b9b9b9", { instructions: "Tone? ".repeat(400) });
    expect(await model.countTokens(short)).toEqual({ tokens: 2 + 1_120, image: 1_120 });
    expect(await model.countTokens(long)).toEqual({ tokens: 600 + 1_120, image: 1_120 });
    const refused = await fetch(`${gemini.url}/v1beta/models/gemini-3.5-flash-lite:countTokens`, {
      method: "POST",
      headers: { "x-goog-api-key": "test-key" },
      body: JSON.stringify({ contents: [{ parts: [{ text: "a" }] }], systemInstruction: { parts: [{ text: "b" }] } }),
    });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ error: { message: expect.stringContaining("systemInstruction") } });
  });

  test("throws a ModelError that says whether waiting helps", async () => {
    const { model } = await openTestGemini({ apiKey: "another" });
    await expect(model.countTokens(await requestFor("#b9b9b9"))).rejects.toMatchObject({
      name: "ModelError",
      retryable: false,
      message: expect.stringContaining("API key"),
    });
  });
});
