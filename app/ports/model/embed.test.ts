import { createServer } from "node:http";
import sharp from "sharp";
import { describe, expect, onTestFinished, test } from "vitest";
import { inventPersona } from "../../../scripts/dev/portrait/persona";
import { drawPortrait } from "../../../scripts/dev/portrait/portrait";
import { openTestGemini } from "../../../tests/support/gemini";
import { createModel, type EmbedRequest } from "./model.server";

type Persona = Parameters<typeof inventPersona>[1];

const portrait = async (seed: number, persona: Persona, { width = 384, quality = 85 } = {}) => ({
  image: {
    bytes: await sharp(Buffer.from(drawPortrait(inventPersona(seed, persona), width)))
      .flatten({ background: "#fff" })
      .jpeg({ quality })
      .toBuffer(),
    contentType: "image/jpeg",
  },
});

const plain = async (background: string) => ({
  image: {
    bytes: await sharp({ create: { width: 40, height: 40, channels: 3, background } })
      .png()
      .toBuffer(),
    contentType: "image/png",
  },
});

const request = (contents: EmbedRequest["contents"], more: Partial<EmbedRequest> = {}): EmbedRequest => ({
  model: "gemini-embedding-2",
  dimensions: 768,
  contents,
  ...more,
});

/** The cosine, for vectors of length 1. */
const likeness = (a: Float32Array | undefined, b: Float32Array | undefined) =>
  a && b ? a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0) : Number.NaN;

async function embedded(contents: EmbedRequest["contents"], more: Partial<EmbedRequest> = {}) {
  const { model } = await openTestGemini();
  const result = await model.embed(request(contents, more));
  if (result.kind !== "embedded") throw new Error(JSON.stringify(result));
  return result;
}

describe("embed", () => {
  test("gives each content a vector of its own, of length 1, and the tokens by modality", async () => {
    const { vectors, usage } = await embedded([{ text: "a warm smile" }, await plain("#2040d0"), { text: "blau" }]);
    expect(vectors.map((vector) => [vector.length, likeness(vector, vector).toFixed(4)])).toEqual([
      [768, "1.0000"],
      [768, "1.0000"],
      [768, "1.0000"],
    ]);
    expect(usage).toEqual({ text: 3 + 1, image: 258, cached: 0, output: 0, thoughts: 0 });
    // Words and pictures are in one space.
    expect(likeness(vectors[2], vectors[1])).toBeGreaterThan(0.3);
    expect(likeness(vectors[0], vectors[1])).toBeLessThan(0.15);
  });

  test("the same picture in another size and quality is nearest to itself, and words in three languages to what they mean", async () => {
    const contents = await Promise.all([
      portrait(1, { angle: "front", tone: "warm", age: "20s" }),
      portrait(1, { angle: "front", tone: "warm", age: "20s" }, { width: 576, quality: 50 }),
      portrait(2, { angle: "profile", tone: "cool", age: "50s" }),
      portrait(3, { angle: "back", tone: "neutral", age: "70+" }),
    ]);
    const pictures = (await embedded(contents)).vectors;
    expect(likeness(pictures[0], pictures[1])).toBeGreaterThan(0.97);
    expect(likeness(pictures[0], pictures[2])).toBeLessThan(0.9);
    const queries = { 0: ["warm", "warmes", "따뜻한"], 2: ["cool profile", "kühles Profil", "차가운 측면"] };
    for (const [nearest, texts] of Object.entries(queries)) {
      const { vectors } = await embedded(texts.map((text) => ({ text })));
      for (const vector of vectors) {
        const by = [0, 2, 3].map((at) => ({ at, likeness: likeness(vector, pictures[at]) }));
        expect(by.toSorted((a, b) => b.likeness - a.likeness)[0]?.at).toBe(Number(nearest));
      }
    }
  });

  test.each([
    ["fewer-vectors", "Gemini answered with 1 vectors for 2 contents."],
    ["short-vectors", "Gemini answered with a vector of 767 numbers instead of 768."],
    ["zero-vectors", "Gemini answered with a vector of zeros."],
  ] as const)("vectors that are none (%s) are a failure that was perhaps billed", async (fault, reason) => {
    const { model } = await openTestGemini({ knobs: { rules: [{ fault }] } });
    expect(await model.embed(request([{ text: "one" }, { text: "two" }]))).toEqual({
      kind: "failed",
      retryable: true,
      perhapsBilled: true,
      reason,
    });
  });

  test("of a usage that is not told, or cannot be true, nothing is known", async () => {
    const { model } = await openTestGemini({ knobs: { rules: [{ usage: "none" }] } });
    expect(await model.embed(request([{ text: "one" }]))).toMatchObject({ kind: "embedded", usage: null });
  });

  test.each<[string, { contents?: number; dimensions?: number }, string]>([
    ["too many pictures", { contents: 7 }, "At most 6 images can be embedded in one request."],
    ["no such length", { dimensions: 64 }, "output_dimensionality must be between 128 and 3072."],
  ])("%s: what Gemini does not take is said in its words", async (_, { contents = 1, dimensions = 768 }, said) => {
    const { model } = await openTestGemini();
    const pictures = await Promise.all(Array.from({ length: contents }, () => plain("#808080")));
    expect(await model.embed(request(pictures, { dimensions }))).toEqual({
      kind: "failed",
      retryable: false,
      perhapsBilled: false,
      reason: `Gemini did not take the request (400): ${said}`,
    });
  });

  test("quotas, models that are none, and silence end as they do for labels", async () => {
    const { model, gemini, env } = await openTestGemini({ knobs: { rules: [{ fault: "rate-limit", times: 1 }] } });
    expect(await model.embed(request([{ text: "one" }]))).toMatchObject({ kind: "rate-limited", retryAfterMs: 20_000 });
    expect(await model.embed(request([{ text: "one" }], { model: "gemini-embedding-9" }))).toMatchObject({
      kind: "denied",
      why: "access",
    });
    gemini.setKnobs({ rules: [{ fault: "hang" }] });
    // Of its own: no call that is answered has to be answered so soon.
    const impatient = createModel(env, { timeoutMs: 300 });
    expect(await impatient.embed(request([{ text: "one" }]))).toMatchObject({
      kind: "failed",
      perhapsBilled: true,
      reason: "Gemini did not answer within 0.3 s.",
    });
    const stop = new AbortController();
    const stopped = model.embed(request([{ text: "two" }], { signal: stop.signal }));
    stop.abort();
    expect(await stopped).toMatchObject({ kind: "failed", reason: "The call was stopped before Gemini answered." });
  });

  test("a body that is no list of vectors is told so", async () => {
    const server = createServer((_, response) =>
      response.writeHead(200, { "content-type": "application/json" }).end('{"embedding": "none"}'),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
    const model = createModel({ GEMINI_API_KEY: "k", GEMINI_BASE_URL: url, GEMINI_MODEL: "m" });
    expect(await model.embed(request([{ text: "one" }]))).toMatchObject({
      kind: "failed",
      reason: "Gemini’s response has no vectors.",
    });
  });
});
