import { onTestFinished } from "vitest";
import { createModel } from "~/ports/model/model.server";
import type { KnobsInput } from "../../scripts/dev/gemini/knobs";
import { startGemini } from "../../scripts/dev/gemini/server";

const API_KEY = "test-key";

/**
 * A local Gemini of this test's own, the model port that talks to it, and the environment that leads a process to it; gone
 * when the test is over.
 * @param options.timeoutMs how long the port waits for one call
 */
export async function openTestGemini(
  options: { knobs?: KnobsInput; timeoutMs?: number; apiKey?: string; model?: string } = {},
) {
  const gemini = await startGemini({ port: 0, apiKey: API_KEY, ...(options.knobs && { knobs: options.knobs }) });
  onTestFinished(() => gemini.close());
  const env = {
    GEMINI_API_KEY: options.apiKey ?? API_KEY,
    GEMINI_BASE_URL: gemini.url,
    GEMINI_MODEL: options.model ?? "gemini-3.5-flash-lite",
  };
  return { gemini, model: createModel(env, options), env };
}
