import { expect, test } from "vitest";
import { createLog } from "~/ports/log.server";
import { createModel } from "~/ports/model/model.server";
import { openTestGemini } from "../../../tests/support/gemini";
import { askForOwnModel, warnOfUnlistedModel } from "./warn-of-unlisted-model.server";

const clock = { now: () => new Date("2026-11-29T00:00:00Z") };

function openLog() {
  const lines: string[] = [];
  const log = createLog("info", { to: { write: (line) => lines.push(JSON.parse(line).msg) } });
  return { lines, log };
}

const unpriced = (name: string) =>
  `GEMINI_MODEL: “${name}” is neither in prices/models.json nor in the file that MODELS_FILE names, so that its price is not known.`;

test.each([
  ["gemini-3.5-flash-lite", []],
  ["gemini-3.5-flash-lite-preview-09-2025", []],
  ["gemini-3.5-flash-light", [unpriced("gemini-3.5-flash-light")]],
])("at start the log says of %s, Gemini not asked: %j", async (name, says) => {
  const { lines, log } = openLog();
  const model = createModel({ GEMINI_API_KEY: "none", GEMINI_BASE_URL: "http://127.0.0.1:9", GEMINI_MODEL: name });
  await warnOfUnlistedModel({ model, log, clock }, null);
  expect(lines).toEqual(says);
});

test.each([
  ["gemini-3.5-flash-lite", []],
  [
    "gemini-3.5-flash-light",
    [
      expect.stringMatching(
        /^GEMINI_MODEL: Gemini does not list “gemini-3\.5-flash-light”, so it would answer no call\. Choose /,
      ),
    ],
  ],
])("a worker has Gemini asked about %s, and warns once of what it does not list: %j", async (name, says) => {
  const { lines, log } = openLog();
  const { model } = await openTestGemini({ model: name });
  await askForOwnModel({ model, log, clock }, new AbortController().signal);
  expect(lines).toEqual(says);
});

test("a Gemini that does not answer warns of nothing that it did not say", async () => {
  const { lines, log } = openLog();
  const env = { GEMINI_API_KEY: "none", GEMINI_BASE_URL: "http://127.0.0.1:2" };
  for (const name of ["gemini-3.5-flash-lite", "gemini-3.5-flash-light"]) {
    await askForOwnModel(
      { model: createModel({ ...env, GEMINI_MODEL: name }), log, clock },
      new AbortController().signal,
    );
  }
  expect(lines).toEqual([unpriced("gemini-3.5-flash-light")]);
});
