import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, onTestFinished, test } from "vitest";
import { type KnobsInput, knobsSchema, takeFault } from "./knobs";
import { startGemini } from "./server";

async function start(options: { dataDir?: string; knobs?: KnobsInput } = {}) {
  const gemini = await startGemini({ port: 0, apiKey: "k", ...options });
  onTestFinished(() => gemini.close());
  return gemini;
}

const picture = (color: string) =>
  sharp({ create: { width: 40, height: 40, channels: 3, background: color } })
    .png()
    .toBuffer();

async function ask(url: string, bytes: Buffer, generationConfig: object = {}) {
  const response = await fetch(`${url}/v1beta/models/gemini-2.5-flash:generateContent`, {
    method: "POST",
    headers: { "x-goog-api-key": "k" },
    body: JSON.stringify({
      contents: [{ parts: [{ inlineData: { mimeType: "image/png", data: bytes.toString("base64") } }] }],
      generationConfig,
    }),
  });
  return { status: response.status, body: await response.json() };
}

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

describe("the local Gemini", () => {
  test("counts calls by the hash of their image, over a restart too", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "gemini-"));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    const [red, blue] = [await picture("#f00"), await picture("#00f")];
    const first = await start({ dataDir });
    await ask(first.url, red);
    await ask(first.url, red);
    await first.close();
    const second = await start({ dataDir });
    await ask(second.url, blue);
    const calls = await (await fetch(`${second.url}/_local/calls`)).json();
    expect(calls).toEqual({ total: 3, rejected: 0, embedded: {}, byImage: { [sha256(red)]: 2, [sha256(blue)]: 1 } });
  });

  test("answers what the schema asks for and nothing else, the same each time", async () => {
    const { url } = await start();
    const attribute = (values: string[], more: object = {}) => ({
      type: "object",
      properties: { value: { type: "string", enum: values }, confidence: { type: "number" }, ...more },
    });
    const responseJsonSchema = {
      type: "object",
      properties: {
        tone: attribute(["warm", "cool"]),
        ageRange: attribute(["20s", "30s"], { years: { type: "number" } }),
        mood: attribute(["dreamy", "bold"]),
      },
    };
    const config = { responseMimeType: "application/json", responseJsonSchema };
    const { body } = await ask(url, await picture("#e8c39a"), config);
    const answer = JSON.parse(body.candidates[0].content.parts[0].text);
    expect(Object.keys(answer)).toEqual(["tone", "ageRange", "mood"]);
    expect(answer.tone.value).toBe("warm");
    expect(answer.ageRange.years).toEqual(expect.any(Number));
    expect(["dreamy", "bold"]).toContain(answer.mood.value);
    expect((await ask(url, await picture("#e8c39a"), config)).body).toEqual(body);
  });

  test("takes changed knobs over HTTP and refuses unknown ones", async () => {
    const { url } = await start();
    const post = (knobs: object) => fetch(`${url}/_local/knobs`, { method: "POST", body: JSON.stringify(knobs) });
    expect((await post({ rules: [{ fault: "server-error", times: 1 }] })).status).toBe(200);
    expect((await ask(url, await picture("#f00"))).status).toBe(500);
    expect((await ask(url, await picture("#f00"))).status).toBe(200);
    expect((await post({ rules: [{ fault: "flood" }] })).status).toBe(400);
  });
});

describe("takeFault", () => {
  test("the first rule that fits the image wins, and is gone after its times", () => {
    const knobs = knobsSchema.parse({
      rules: [
        { fault: "hang", image: "ab" },
        { fault: "server-error", times: 2 },
      ],
    });
    expect(takeFault(knobs, "ab")).toMatchObject({ fault: "hang", rules: { length: 2 } });
    const once = takeFault(knobs, "cd");
    expect(once).toMatchObject({ fault: "server-error", rules: [{ fault: "hang" }, { times: 1 }] });
    const twice = takeFault({ ...knobs, rules: once.rules }, "cd");
    expect(twice).toMatchObject({ fault: "server-error", rules: { length: 1 } });
    expect(takeFault({ ...knobs, rules: twice.rules }, "cd").fault).toBeNull();
  });

  test("oddities befall about one image in so many, always the same", () => {
    const knobs = knobsSchema.parse({ oneIn: { imageSafety: 20, breakSchema: 20 } });
    const hashes = Array.from({ length: 2000 }, (_, index) => sha256(Buffer.from(String(index))));
    const faults = hashes.map((hash) => takeFault(knobs, hash).fault);
    for (const odd of ["image-safety", "break-schema"]) {
      const share = faults.filter((fault) => fault === odd).length / hashes.length;
      expect(share).toBeGreaterThan(0.035);
      expect(share).toBeLessThan(0.065);
    }
    expect(hashes.map((hash) => takeFault(knobs, hash).fault)).toEqual(faults);
  });
});
