import sharp from "sharp";
import { describe, expect, onTestFinished, test } from "vitest";
import { startGemini } from "../server";

async function start() {
  const gemini = await startGemini({ port: 0, apiKey: "k" });
  onTestFinished(() => gemini.close());
  return async (model: string, body: object) => {
    const response = await fetch(`${gemini.url}/v1beta/models/${model}:generateContent`, {
      method: "POST",
      headers: { "x-goog-api-key": "k" },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
}

const model = "gemini-nano-banana-2.1";
const words = (text: string, generationConfig: object = {}) => ({
  contents: [{ parts: [{ text }] }],
  generationConfig,
});
const picture = (body: {
  candidates: { content: { parts: { inlineData?: { data: string; mimeType: string } }[] } }[];
}) => body.candidates[0]?.content.parts.find(({ inlineData }) => inlineData)?.inlineData ?? { data: "", mimeType: "" };

async function colorAt(data: string, x: number, y: number): Promise<number[]> {
  const image = sharp(Buffer.from(data, "base64"));
  const { width, height } = await image.metadata();
  const { data: raw, info } = await image.raw().toBuffer({ resolveWithObject: true });
  const at = (Math.floor(y * height) * width + Math.floor(x * width)) * info.channels;
  return [...raw.subarray(at, at + 3)];
}

describe("the local Gemini draws", () => {
  test("things in the colors that the words name, light and dark", async () => {
    const ask = await start();
    const bottle = picture((await ask(model, words("A red bottle, cool"))).body);
    expect(await colorAt(bottle.data, 0.5, 0.5)).toEqual([0xc8, 0x32, 0x2f]);
    expect(await colorAt(bottle.data, 0.05, 0.05)).toEqual([0x9a, 0xb8, 0xe0]);
    const hills = picture((await ask(model, words("Eine dunkle Landschaft, grün"))).body);
    const [r = 0, g = 0, b = 0] = await colorAt(hills.data, 0.5, 0.95);
    expect(g).toBeGreaterThan(Math.max(r, b));
    expect(g).toBeLessThan(0x8f);
  });

  test("a square where nothing is asked, and the shape of the picture that is shown", async () => {
    const ask = await start();
    const sizeOf = async (body: object) => {
      const { width, height } = await sharp(
        Buffer.from(picture((await ask(model, body)).body).data, "base64"),
      ).metadata();
      return [width, height];
    };
    expect(await sizeOf(words("a cup"))).toEqual([1024, 1024]);
    const wide = await sharp({ create: { width: 320, height: 180, channels: 3, background: "#888" } })
      .png()
      .toBuffer();
    const inlineData = { mimeType: "image/png", data: wide.toString("base64") };
    expect(await sizeOf({ contents: [{ parts: [{ text: "a cup" }, { inlineData }] }] })).toEqual([1376, 768]);
  });

  test("JPEGs where the model does, and thinks only where it does", async () => {
    const ask = await start();
    const pro = await ask("gemini-3-pro-image", words("a cup"));
    expect(picture(pro.body).mimeType).toBe("image/jpeg");
    expect(pro.body.usageMetadata).toEqual({
      promptTokenCount: 2,
      candidatesTokenCount: 1_125,
      thoughtsTokenCount: 220,
      totalTokenCount: 1_347,
      promptTokensDetails: [{ modality: "TEXT", tokenCount: 2 }],
      candidatesTokensDetails: [{ modality: "IMAGE", tokenCount: 1_120 }],
    });
    const lite = await ask("gemini-3.1-flash-lite-image", words("a cup"));
    expect(lite.body.usageMetadata).not.toHaveProperty("thoughtsTokenCount");
  });

  test.each([
    [model, { responseMimeType: "application/json" }, "JSON mode is not enabled for this model"],
    [model, { responseModalities: ["TEXT"] }, "Model does not support the requested response modalities: text"],
    [model, { imageConfig: { outputMimeType: "image/png" } }, 'Unknown name "outputMimeType"'],
    [model, { imageConfig: { aspectRatio: "5:7" } }, "aspect_ratio must be one of"],
    ["gemini-3-pro-image", { imageConfig: { aspectRatio: "1:8" } }, "aspect_ratio must be one of"],
    ["gemini-3.5-flash", { imageConfig: { aspectRatio: "1:1" } }, "Aspect ratio is not enabled for this model"],
  ])("%s refuses %o in Google’s words", async (name, generationConfig, said) => {
    const ask = await start();
    expect(await ask(name, words("a cup", generationConfig))).toMatchObject({
      status: 400,
      body: { error: { status: "INVALID_ARGUMENT", message: expect.stringContaining(said) } },
    });
  });

  test("nothing from a picture that is none", async () => {
    const ask = await start();
    const inlineData = { mimeType: "image/png", data: Buffer.from("no picture").toString("base64") };
    expect(await ask(model, { contents: [{ parts: [{ text: "a cup" }, { inlineData }] }] })).toMatchObject({
      status: 400,
      body: { error: { message: "Unable to process input image." } },
    });
  });
});
