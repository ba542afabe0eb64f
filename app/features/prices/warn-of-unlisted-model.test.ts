import { expect, test } from "vitest";
import { createLog } from "~/ports/log.server";
import { createModel } from "~/ports/model/model.server";
import { warnOfUnlistedModel } from "./warn-of-unlisted-model.server";

test.each([
  ["gemini-3.5-flash-lite", []],
  ["gemini-3.5-flash-lite-preview-09-2025", []],
  [
    "gemini-3.5-flash-light",
    [
      "GEMINI_MODEL: “gemini-3.5-flash-light” is neither in prices/models.json nor in the file that MODELS_FILE names, so that its price is not known.",
    ],
  ],
])("at start the log says of %s: %j", async (name, says) => {
  const lines: string[] = [];
  const log = createLog("info", { to: { write: (line) => lines.push(JSON.parse(line).msg) } });
  const model = createModel({ GEMINI_API_KEY: "none", GEMINI_BASE_URL: "http://127.0.0.1:9", GEMINI_MODEL: name });
  await warnOfUnlistedModel({ model, log, clock: { now: () => new Date(1_764_374_400_000) } });
  expect(lines).toEqual(says);
});
