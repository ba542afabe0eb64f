import { createServer, type IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type Calls, openCallLog } from "./call-log";
import { badRequest, errorOf, GoogleError, noKey, noModel, quotaExceeded, wrongKey } from "./errors";
import { isError, type KnobsInput, knobsSchema, takeFault } from "./knobs";
import { readCount, readGenerate } from "./request";
import { respond, tokenDetails } from "./respond";

export type Gemini = {
  url: string;
  calls(): Calls;
  /** Changes only the knobs that are named. */
  setKnobs(changes: KnobsInput): void;
  close(): Promise<void>;
};

// The largest request with inline data that Google takes.
const MAX_BODY_BYTES = 20 * 1024 * 1024;

/**
 * A Gemini API on loopback: generateContent, countTokens and models.list, labels seen in the pixels of the last image.
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
  const recent: number[] = [];

  async function generate(model: string, json: unknown, stopped: AbortSignal) {
    const request = await readGenerate(model, json);
    const sha256 = request.image?.sha256 ?? "";
    const { fault, usage, rules } = takeFault(knobs, sha256, !log.knows(sha256));
    knobs = { ...knobs, rules };
    if (isError(fault)) throw errorOf(fault, model, knobs.retryDelaySeconds);
    enforceQuota(model);
    log.add(request.image?.sha256);
    if (fault === "hang") await sleep(2 ** 31 - 1, undefined, { signal: stopped });
    await sleep(knobs.latencyMs, undefined, { signal: stopped });
    return respond(knobs.answersAs ?? model, request, { fault, usage });
  }

  function enforceQuota(model: string) {
    const now = Date.now();
    while (recent[0] !== undefined && recent[0] <= now - knobs.minuteMs) recent.shift();
    const oldest = recent[0];
    if (knobs.quotaPerMinute !== null && oldest !== undefined && recent.length >= knobs.quotaPerMinute) {
      throw quotaExceeded(model, Math.ceil((oldest + knobs.minuteMs - now) / 1000));
    }
    recent.push(now);
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
      return { models: knobs.models.map(listed) };
    }
    const [, model, method] = /^POST \/v1beta\/models\/([^/:]+):(generateContent|countTokens)$/.exec(what) ?? [];
    if (!model) throw new GoogleError(404, "NOT_FOUND", `There is no ${what} here.`);
    requireKey(incoming, url);
    if (!knobs.models.includes(model)) throw noModel(model);
    const json = await readJson(incoming);
    if (method === "countTokens") {
      const tokens = await readCount(model, json);
      return { totalTokens: tokens.text + tokens.image, promptTokensDetails: tokenDetails(tokens) };
    }
    try {
      return await generate(model, json, stopped);
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
    setKnobs,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A model as models.list has it. */
const listed = (name: string) => ({
  name: `models/${name}`,
  displayName: name,
  inputTokenLimit: 1_048_576,
  outputTokenLimit: 65_536,
  supportedGenerationMethods: ["generateContent", "countTokens"],
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
