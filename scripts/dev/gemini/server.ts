import { createServer, type IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { type Attempt, type Bill, type Calls, openCallLog } from "./call-log";
import { bendEmbeddings, readEmbed, respondEmbed } from "./embed/embed";
import { badRequest, dayExceeded, errorOf, GoogleError, noKey, noModel, quotaExceeded, wrongKey } from "./errors";
import { chanceOf, type Fault, isError, type KnobsInput, knobsSchema, takeFault } from "./knobs";
import { readCount, readGenerate, type Tokens } from "./request";
import { respond, tokenDetails } from "./respond";

export type Gemini = {
  url: string;
  calls(): Calls;
  /** Since it was started. */
  bill(): Bill;
  attempts(): readonly Attempt[];
  /** Changes only the knobs that are named. */
  setKnobs(changes: KnobsInput): void;
  close(): Promise<void>;
};

const MINUTE_MS = 60_000;
// The largest request with inline data that Google takes.
const MAX_BODY_BYTES = 20 * 1024 * 1024;

/**
 * A Gemini API on loopback: generateContent, countTokens, batchEmbedContents and models.list; labels and vectors follow from pixels.
 * `GET /_local/calls` counts calls, `GET` and `POST /_local/knobs` read and set what goes wrong.
 * @param options.port 0 for any free one
 * @param options.dataDir where the count of calls is kept over restarts; absent: in memory
 * @throws ZodError for unknown knobs, and the listen error for a port in use
 */
export async function startGemini(options: {
  port: number;
  apiKey: string;
  dataDir?: string;
  knobs?: KnobsInput;
}): Promise<Gemini> {
  const log = openCallLog(options.dataDir);
  let knobs = knobsSchema.parse(options.knobs ?? {});
  const setKnobs = (changes: unknown) => {
    knobs = knobsSchema.parse({ ...knobs, ...Object(changes) });
  };
  const recent = new Map<string, number[]>();
  const attempts: Attempt[] = [];
  const asked = new Map<string, number>();
  const bill: Bill = { calls: 0, text: 0, image: 0, output: 0, thoughts: 0 };

  async function generate(model: string, json: unknown, stopped: AbortSignal) {
    const request = await readGenerate(model, json);
    const note = () => log.add(request.image?.sha256);
    const bent = await take({ model, sha256: request.image?.sha256 ?? "", note }, stopped);
    const response = await respond(knobs.answersAs ?? model, request, bent);
    charge(request.tokens, response.usageMetadata);
    return response;
  }

  /** Faults and quotas go by the first content. */
  async function embed(model: string, json: unknown, stopped: AbortSignal) {
    const batch = readEmbed(json);
    const note = () => {
      for (const { sha256 } of batch.contents) log.addEmbedded(sha256);
    };
    const { fault, usage } = await take({ model, sha256: batch.contents[0]?.sha256 ?? "", note }, stopped);
    const response = await respondEmbed(batch);
    charge(batch.tokens, {});
    return bendEmbeddings(response, fault, usage);
  }

  /**
   * What befalls a call. One that is taken is noted, and waits for as long as an answer takes.
   * @throws GoogleError for one that is not
   */
  async function take(call: { model: string; sha256: string; note(): void }, stopped: AbortSignal) {
    const { model, sha256, note } = call;
    const attempt = asked.get(sha256) ?? 0;
    asked.set(sha256, attempt + 1);
    const { fault, usage, rules } = takeFault(knobs, sha256, { isFirst: !log.knows(sha256), attempt });
    knobs = { ...knobs, rules };
    arrive(model, sha256, fault);
    note();
    if (fault === "hang") await sleep(2 ** 31 - 1, undefined, { signal: stopped });
    // Whoever has gone by then is billed as well: no one tells the model to stop.
    await sleep(knobs.latencyMs);
    return { fault, usage };
  }

  /** @throws GoogleError for a fault of HTTP, or a quota that is used up */
  function arrive(model: string, image: string, fault: Fault | null) {
    const at = performance.now();
    const attempt: Attempt = { at, image, end: "answered", notBefore: null };
    attempts.push(attempt);
    const reject = (error: GoogleError, end: Attempt["end"], seconds: number | null) => {
      Object.assign(attempt, { end, notBefore: seconds === null ? null : at + seconds * 1_000 });
      return error;
    };
    if (fault === "stray-rate-limit") {
      const { from, to } = knobs.strayDelaySeconds;
      const seconds = thousandths(from + chanceOf(image, `delay ${asked.get(image)}`) * (to - from));
      throw reject(errorOf(fault, model, seconds), "stray", seconds);
    }
    if (isError(fault)) {
      const seconds = fault === "rate-limit" ? knobs.retryDelaySeconds : null;
      throw reject(errorOf(fault, model, knobs.retryDelaySeconds), seconds === null ? "error" : "quota", seconds);
    }
    const calls = recent.get(model) ?? [];
    recent.set(model, calls);
    if (knobs.quotaPerDay !== null && calls.length >= knobs.quotaPerDay) {
      throw reject(dayExceeded(model, knobs.quotaPerDay), "error", null);
    }
    const inMinute = calls.filter((call) => call > at - knobs.minuteMs);
    const [oldest] = inMinute;
    if (knobs.quotaPerMinute !== null && oldest !== undefined && inMinute.length >= knobs.quotaPerMinute) {
      const seconds = thousandths((oldest + knobs.minuteMs - at) / 1_000 + 0.001);
      // Calls in a shorter minute than Google's say nothing about one of sixty seconds.
      const limit = knobs.minuteMs === MINUTE_MS ? knobs.quotaPerMinute : undefined;
      throw reject(quotaExceeded(model, seconds, limit), "quota", seconds);
    }
    calls.push(at);
  }

  function charge(tokens: Tokens, usage: object | undefined) {
    const { candidatesTokenCount: answer = 0, thoughtsTokenCount: thoughts = 0 } = billed.parse(usage ?? {});
    bill.calls++;
    bill.text += tokens.text;
    bill.image += tokens.image;
    bill.output += answer + thoughts;
    bill.thoughts += thoughts;
  }

  async function route(incoming: IncomingMessage, stopped: AbortSignal): Promise<unknown> {
    const url = new URL(incoming.url ?? "/", "http://local");
    const what = `${incoming.method} ${url.pathname}`;
    if (what === "GET /_local/calls") return log.read();
    if (what === "GET /_local/knobs") return knobs;
    if (what === "POST /_local/knobs") {
      setKnobs(await readJson(incoming));
      return knobs;
    }
    if (what === "GET /v1beta/models") {
      requireKey(incoming, url);
      return { models: [...knobs.models.map(listed), ...knobs.embeddingModels.map(listedToEmbed)] };
    }
    const [, model, method] =
      /^POST \/v1beta\/models\/([^/:]+):(generateContent|countTokens|batchEmbedContents)$/.exec(what) ?? [];
    if (!model) throw new GoogleError(404, "NOT_FOUND", `There is no ${what} here.`);
    requireKey(incoming, url);
    const isToEmbed = method === "batchEmbedContents";
    if (!(isToEmbed ? knobs.embeddingModels : knobs.models).includes(model)) throw noModel(model);
    const json = await readJson(incoming);
    if (method === "countTokens") {
      const tokens = await readCount(model, json);
      return { totalTokens: tokens.text + tokens.image, promptTokensDetails: tokenDetails(tokens) };
    }
    try {
      return await (isToEmbed ? embed : generate)(model, json, stopped);
    } catch (error) {
      if (error instanceof GoogleError) log.addRejected();
      throw error;
    }
  }

  function requireKey(incoming: IncomingMessage, url: URL) {
    const key = incoming.headers["x-goog-api-key"] ?? url.searchParams.get("key");
    if (!key) throw noKey();
    if (key !== options.apiKey) throw wrongKey();
  }

  const server = createServer(async (incoming, outgoing) => {
    const gone = new AbortController();
    outgoing.once("close", () => gone.abort());
    const send = (status: number, body: unknown) =>
      outgoing.writeHead(status, { "content-type": "application/json; charset=UTF-8" }).end(JSON.stringify(body));
    try {
      send(200, await route(incoming, gone.signal));
    } catch (error) {
      if (gone.signal.aborted) return;
      const known = error instanceof GoogleError ? error : badRequest(error instanceof Error ? error.message : "");
      send(known.code, known.body());
    }
  });
  // Longer than any client keeps an idle connection: closing one just as it is used again looks like a network fault.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(options.port, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" ? address?.port : options.port;

  return {
    url: `http://127.0.0.1:${port}`,
    calls: () => log.read(),
    bill: () => ({ ...bill }),
    attempts: () => attempts,
    setKnobs,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const thousandths = (seconds: number) => Math.round(seconds * 1_000) / 1_000;

const billed = z.looseObject({
  candidatesTokenCount: z.number().optional().catch(0),
  thoughtsTokenCount: z.number().optional().catch(0),
});

/** A model as models.list has it. */
const listed = (name: string) => ({
  name: `models/${name}`,
  displayName: name,
  inputTokenLimit: 1_048_576,
  outputTokenLimit: 65_536,
  supportedGenerationMethods: ["generateContent", "countTokens"],
});

const listedToEmbed = (name: string) => ({
  name: `models/${name}`,
  displayName: name,
  inputTokenLimit: 8_192,
  outputTokenLimit: 1,
  supportedGenerationMethods: ["embedContent", "countTextTokens", "countTokens", "asyncBatchEmbedContent"],
});

/** @throws GoogleError 400 for what is not JSON or too much of it */
async function readJson(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw badRequest("Request payload size exceeds the limit: 20971520 bytes.");
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    throw badRequest("Invalid JSON payload received.");
  }
}
