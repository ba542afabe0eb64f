import { createHash } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import sharp from "sharp";
import { describe, expect, onTestFinished, test } from "vitest";
import { look } from "../../../scripts/dev/gemini/look";
import { inventPersona } from "../../../scripts/dev/portrait/persona";
import { drawPortrait } from "../../../scripts/dev/portrait/portrait";
import { openTestGemini } from "../../../tests/support/gemini";
import { createModel, type DrawRequest, type DrawResult } from "./model.server";

const request = (more: Partial<DrawRequest> = {}): DrawRequest => ({
  model: "gemini-nano-banana-2.1",
  instruction: "A person from the front in warm light",
  aspectRatio: "3:4",
  maxOutputTokens: 8_192,
  ...more,
});

const plain = async (background: string, { width = 60, height = 80 } = {}) => ({
  bytes: await sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer(),
  contentType: "image/png",
});

const portrait = async (seed: number, persona: Parameters<typeof inventPersona>[1]) => ({
  bytes: await sharp(Buffer.from(drawPortrait(inventPersona(seed, persona), 384)))
    .flatten({ background: "#fff" })
    .png()
    .toBuffer(),
  contentType: "image/png",
});

function drawn(result: DrawResult) {
  if (result.kind !== "drawn") throw new Error(JSON.stringify(result));
  return result;
}

const meanOf = async (bytes: Buffer, area?: { left: number; top: number; width: number; height: number }) => {
  const picture = area ? await sharp(bytes).extract(area).toBuffer() : bytes;
  const { channels } = await sharp(picture).stats();
  return channels.map(({ mean }) => Math.round(mean));
};

const serve = (body: string) =>
  open((_, response) => response.writeHead(200, { "content-type": "application/json" }).end(body));

async function open(answer: RequestListener, options: { timeoutMs?: number } = {}) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  return createModel({ GEMINI_API_KEY: "k", GEMINI_BASE_URL: url, GEMINI_MODEL: "m" }, options);
}

describe("draw", () => {
  test("gives the picture, its type, its words, and the tokens by what they are paid as", async () => {
    const { model, gemini } = await openTestGemini();
    const result = drawn(await model.draw(request({ references: [await plain("#c0a080")] })));
    expect(result).toMatchObject({
      image: { contentType: "image/png" },
      text: "Here is the picture.",
      notes: [],
      finishReason: "STOP",
      modelVersion: "gemini-nano-banana-2.1",
      usage: { text: 10, image: 1_120, cached: 0, output: 1_120 + 5 + 220, thoughts: 220, outputPicture: 1_120 },
    });
    expect(await sharp(result.image.bytes).metadata()).toMatchObject({ format: "png", width: 896, height: 1200 });
    // What is kept of the answer has the picture's length in its place.
    expect(result.raw.length).toBeLessThan(1_000);
    expect(gemini.bill()).toMatchObject({ calls: 1, image: 1_120, output: 1_345 });
    expect(Object.values(gemini.calls().drawn)).toEqual([1]);
    expect(gemini.calls().total).toBe(0);
  });

  test("the same request gives the same bytes, and other words another picture", async () => {
    const { model } = await openTestGemini();
    const draw = async (instruction: string) => drawn(await model.draw(request({ instruction }))).image.bytes;
    const hashes = [];
    for (const words of ["warm, profile", "warm, profile", "cool, profile"]) {
      hashes.push(
        createHash("sha256")
          .update(await draw(words))
          .digest("hex"),
      );
    }
    expect(hashes[1]).toBe(hashes[0]);
    expect(hashes[2]).not.toBe(hashes[0]);
  });

  test("the picture shows what the words say, in three languages", async () => {
    const { model } = await openTestGemini();
    for (const [instruction, seen] of [
      ["A woman in profile, warm tones", { angle: "profile", tone: "warm" }],
      ["Von vorn, kühles Licht", { angle: "front", tone: "cool" }],
      ["차가운 뒷모습", { angle: "back", tone: "cool" }],
      ["three-quarter, neutral, 60s", { angle: "three-quarter", tone: "neutral", ageRange: "60s" }],
    ] as const) {
      const { image } = drawn(await model.draw(request({ instruction })));
      expect({ instruction, ...(await look(image.bytes)).values }).toMatchObject({ instruction, ...seen });
    }
  });

  test("where the words are silent it shows what the references show, and has their colors", async () => {
    const { model } = await openTestGemini();
    const references = [await portrait(3, { angle: "profile", tone: "cool", age: "50s" })];
    const { image } = drawn(await model.draw(request({ instruction: "Another one of this person", references })));
    expect((await look(image.bytes)).values).toMatchObject({ angle: "profile", tone: "cool", ageRange: "50s" });
    const clothes = { left: 230, top: 980, width: 60, height: 30 };
    const cloth = async (color: string) => {
      const uploads = [await plain(color)];
      return meanOf(drawn(await model.draw(request({ uploads }))).image.bytes, clothes);
    };
    const [red, blue] = [await cloth("#c02020"), await cloth("#2020c0")];
    expect((red[0] ?? 0) - (red[2] ?? 0)).toBeGreaterThan(60);
    expect((blue[2] ?? 0) - (blue[0] ?? 0)).toBeGreaterThan(60);
  });

  test("an edit keeps the base, and changes what the words say where the mask is white", async () => {
    const { model } = await openTestGemini();
    const image = await portrait(5, { angle: "front", tone: "warm", age: "30s" });
    const mask = {
      bytes: await sharp({ create: { width: 384, height: 512, channels: 3, background: "#000" } })
        .composite([
          {
            input: await sharp({ create: { width: 120, height: 90, channels: 3, background: "#fff" } })
              .png()
              .toBuffer(),
            left: 130,
            top: 400,
          },
        ])
        .png()
        .toBuffer(),
      contentType: "image/png",
    };
    const edited = drawn(
      await model.draw(request({ instruction: "a blue jacket", base: { image, mask }, aspectRatio: "3:4" })),
    );
    const [before, after] = await Promise.all(
      [image.bytes, edited.image.bytes].map((bytes) => sharp(bytes).resize(384, 512, { fit: "fill" }).png().toBuffer()),
    );
    const face = { left: 60, top: 60, width: 264, height: 260 };
    const inside = { left: 150, top: 420, width: 80, height: 50 };
    const [wasFace, isFace] = [await meanOf(before as Buffer, face), await meanOf(after as Buffer, face)];
    expect(wasFace.every((value, at) => Math.abs(value - (isFace[at] ?? 0)) < 8)).toBe(true);
    const jacket = await meanOf(after as Buffer, inside);
    expect((jacket[2] ?? 0) - (jacket[0] ?? 0)).toBeGreaterThan(80);
    expect((await look(edited.image.bytes)).values).toMatchObject({ angle: "front" });
  });

  test("each ratio and size has its px and its tokens", async () => {
    const { model } = await openTestGemini();
    for (const [aspectRatio, imageSize, width, height, tokens] of [
      ["16:9", "1K", 1376, 768, 1_120],
      ["1:1", "2K", 2048, 2048, 1_680],
    ] as const) {
      const { image, usage } = drawn(await model.draw(request({ aspectRatio, imageSize })));
      expect(await sharp(image.bytes).metadata()).toMatchObject({ width, height });
      expect(usage?.outputPicture).toBe(tokens);
    }
  });

  test.each([
    ["image-safety", "IMAGE_SAFETY", "its safety filter holds it back", "no"],
    ["image-prohibited", "IMAGE_PROHIBITED_CONTENT", "does not allow what the picture shows", "no"],
    ["image-recitation", "IMAGE_RECITATION", "too close to a known one", "no"],
    ["safety", "SAFETY", "unsafe", "tokens"],
    ["prohibited", "PROHIBITED_CONTENT", "does not allow what was asked for", "tokens"],
    ["recitation", "RECITATION", "too close to a known work", "tokens"],
    ["spii", "SPII", "sensitive personal data", "tokens"],
    ["prompt-blocked", "PROHIBITED_CONTENT", "Gemini refused the request", "tokens"],
  ] as const)(
    "%s is refused for its own reason, with what to change and what is paid",
    async (fault, code, said, billed) => {
      const { model } = await openTestGemini({ knobs: { rules: [{ fault }] } });
      const result = await model.draw(request());
      expect(result).toMatchObject({ kind: "refused", code, reason: expect.stringContaining(said), billed });
      expect(result).toMatchObject({
        advice: expect.stringMatching(/\.$/),
        cost:
          billed === "no" ? "Google says that it does not charge for this." : expect.stringContaining("no picture is"),
      });
    },
  );

  test.each([
    ["no-image", "NO_IMAGE"],
    ["image-other", "IMAGE_OTHER"],
    ["other", "OTHER"],
    ["unknown-reason", "SOMETHING_NEW"],
    ["max-tokens", "MAX_TOKENS"],
    ["empty", null],
    ["no-candidate", null],
  ] as const)("%s is worth one more try", async (fault, code) => {
    const { model } = await openTestGemini({ knobs: { rules: [{ fault }] } });
    expect(await model.draw(request())).toMatchObject({ kind: "no-image", code });
  });

  test("words without a picture are told", async () => {
    const { model } = await openTestGemini({ knobs: { rules: [{ fault: "text-only" }] } });
    expect(await model.draw(request())).toMatchObject({
      kind: "no-image",
      reason: "Gemini answered in words and drew nothing.",
      said: "I’m unable to draw that. Tell me what the picture should show instead.",
      cost: "Google charges for 10 tokens of the request and 238 of the answer; no picture is among them.",
    });
  });

  test("of two pictures the first is taken, and both are paid", async () => {
    const { model } = await openTestGemini({ knobs: { rules: [{ fault: "two-images" }] } });
    expect(await model.draw(request())).toMatchObject({
      kind: "drawn",
      notes: ["Gemini drew 2 pictures and charges for each. This is the first."],
      usage: { outputPicture: 2_240 },
    });
  });

  test("a picture has the type of its bytes, whatever is said of it; bytes that are none have failed", async () => {
    const { model, gemini } = await openTestGemini({ knobs: { rules: [{ fault: "other-mime" }] } });
    expect(await model.draw(request())).toMatchObject({
      kind: "drawn",
      image: { contentType: "image/png" },
      notes: ["Gemini calls it “image/webp”; its bytes are image/png."],
    });
    gemini.setKnobs({ rules: [{ fault: "no-picture" }] });
    expect(await model.draw(request())).toMatchObject({
      kind: "failed",
      retryable: true,
      perhapsBilled: true,
      reason: "Gemini sent 24 bytes as a picture, and they are none.",
      usage: { outputPicture: 1_120 },
    });
  });

  test("6 MB are a picture like another; more than the cap is cut off and told", async () => {
    const { model, env } = await openTestGemini({ knobs: { rules: [{ fault: "large-image" }] } });
    expect(drawn(await model.draw(request())).image.bytes.length).toBeGreaterThan(6e6);
    const small = createModel(env, { largestPictureBody: 2 * 1024 ** 2 });
    expect(await small.draw(request())).toEqual({
      kind: "failed",
      retryable: false,
      perhapsBilled: true,
      reason:
        "The answer has more than 2 MiB, so it was cut off, and is charged for all the same. Ask for a smaller size.",
      raw: null,
    });
  });

  test("quotas of pictures, models that are none and silence end as they do for labels", async () => {
    const { model, gemini, env } = await openTestGemini({ knobs: { rules: [{ fault: "image-quota" }] } });
    expect(await model.draw(request())).toMatchObject({
      kind: "rate-limited",
      retryAfterMs: 20_000,
      quota: { requestsPerMinute: 10 },
    });
    gemini.setKnobs({ rules: [{ fault: "image-quota-of-day" }] });
    expect(await model.draw(request())).toMatchObject({ kind: "denied", why: "day" });
    gemini.setKnobs({ rules: [] });
    expect(await model.draw(request({ model: "gemini-9-image" }))).toMatchObject({
      kind: "denied",
      why: "access",
      reason: expect.stringMatching(/Choose another model that draws\.$/),
    });
    gemini.setKnobs({ rules: [{ fault: "overloaded", times: 1 }, { fault: "hang" }] });
    expect(await model.draw(request())).toMatchObject({ kind: "unavailable" });
    // Of its own: no call that is answered has to be answered so soon.
    const impatient = createModel(env, { timeoutMs: 300 });
    expect(await impatient.draw(request())).toMatchObject({
      kind: "failed",
      perhapsBilled: true,
      reason: "Gemini did not answer within 0.3 s.",
    });
    const stop = new AbortController();
    const stopped = model.draw(request({ signal: stop.signal }));
    stop.abort();
    expect(await stopped).toMatchObject({ kind: "failed", reason: "The call was stopped before Gemini answered." });
  });

  test.each<[string, Partial<DrawRequest>, string]>([
    ["no such ratio", { aspectRatio: "5:7" }, "aspect_ratio must be one of '1:1', '2:3'"],
    ["no such size", { imageSize: "512" }, "image_size must be one of '1K', '2K', '4K'."],
    [
      "a size for the model that has one",
      { model: "gemini-3.1-flash-lite-image", imageSize: "1K" },
      "Image size is not enabled for this model",
    ],
    [
      "a model that draws nothing",
      { model: "gemini-3.5-flash" },
      "Model does not support the requested response modalities: text,image",
    ],
  ])("%s: what Gemini does not take is said in its words", async (_, more, said) => {
    const { model } = await openTestGemini();
    expect(await model.draw(request(more))).toMatchObject({
      kind: "failed",
      retryable: false,
      perhapsBilled: false,
      reason: expect.stringContaining(`Gemini did not take the request (400): ${said}`),
    });
  });

  test("too many pictures are refused", async () => {
    const { model } = await openTestGemini();
    const references = await Promise.all(Array.from({ length: 15 }, () => plain("#808080")));
    expect(await model.draw(request({ references }))).toMatchObject({
      reason: expect.stringContaining("at most 14 images"),
      raw: expect.stringContaining("INVALID_ARGUMENT"),
    });
  });

  test("of a usage that tells no tokens of the picture nothing is known", async () => {
    const { model, gemini } = await openTestGemini({ knobs: { rules: [{ usage: "none" }] } });
    expect(await model.draw(request())).toMatchObject({ kind: "drawn", usage: null });
    gemini.setKnobs({ rules: [{ usage: "negative" }] });
    expect(await model.draw(request())).toMatchObject({ kind: "drawn", usage: null });
  });

  test("asks for a picture and words, and shows uploads before references, and base and mask behind words of their own", async () => {
    const bodies: unknown[] = [];
    const model = await open(async (incoming, response) => {
      bodies.push(JSON.parse(Buffer.concat(await incoming.toArray()).toString()));
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
    const named = (name: string) => ({ bytes: Buffer.from(name), contentType: "image/png" });
    await model.draw({
      model: "gemini-nano-banana-2.1",
      instruction: "A blue jacket",
      references: [named("reference")],
      uploads: [named("upload 1"), named("upload 2")],
      base: { image: named("base"), mask: named("mask") },
      aspectRatio: "3:4",
      imageSize: "2K",
      thinkingLevel: "minimal",
      maxOutputTokens: 5_776,
    });
    const shown = (name: string) => ({
      inlineData: { mimeType: "image/png", data: named(name).bytes.toString("base64") },
    });
    expect(bodies).toEqual([
      {
        contents: [
          {
            role: "user",
            parts: [
              { text: "A blue jacket" },
              shown("upload 1"),
              shown("upload 2"),
              shown("reference"),
              { text: expect.stringContaining("the picture to change") },
              shown("base"),
              { text: expect.stringContaining("the mask") },
              shown("mask"),
            ],
          },
        ],
        generationConfig: {
          responseModalities: ["TEXT", "IMAGE"],
          imageConfig: { aspectRatio: "3:4", imageSize: "2K" },
          thinkingConfig: { thinkingLevel: "MINIMAL" },
          maxOutputTokens: 5_776,
        },
      },
    ]);
    await model.draw({ model: "gemini-3.1-flash-lite-image", instruction: "A cup", maxOutputTokens: 5_216 });
    expect(bodies[1]).toMatchObject({
      generationConfig: expect.not.objectContaining({ imageConfig: expect.anything() }),
    });
  });

  test("a picture among the thoughts is none", async () => {
    const data = (await plain("#808080")).bytes.toString("base64");
    const parts = [
      { thought: true, inlineData: { mimeType: "image/png", data } },
      { thought: true, text: "Hm." },
    ];
    const model = await serve(JSON.stringify({ candidates: [{ content: { parts }, finishReason: "STOP" }] }));
    expect(await model.draw(request())).toMatchObject({
      kind: "no-image",
      code: null,
      text: "",
      reason: "Gemini answered with nothing.",
      cost: "Gemini does not say what it charges for this.",
    });
  });

  test("an answer that breaks off on its way, or never ends, was perhaps billed", async () => {
    const half = '{"candidates": [{"content": {"parts": [';
    const broken = await open((_, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "1000000" });
      response.write(half, () => response.destroy());
    });
    expect(await broken.draw(request())).toMatchObject({ kind: "failed", retryable: true, perhapsBilled: true });
    const endless = await open(
      (_, response) => response.writeHead(200, { "content-type": "application/json" }).write(half),
      // Of its own: no call that is answered has to be answered so soon.
      { timeoutMs: 300 },
    );
    expect(await endless.draw(request())).toMatchObject({
      perhapsBilled: true,
      reason: "Gemini did not answer within 0.3 s.",
    });
  });

  test("a body that is no answer, or breaks off, is told so", async () => {
    expect(await (await serve("[]")).draw(request())).toMatchObject({ reason: "Gemini’s response is no answer." });
    expect(await (await serve('{"candidates": [')).draw(request())).toMatchObject({
      kind: "failed",
      reason: "Gemini’s response broke off or is not JSON.",
    });
  });
});
