import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

test.each([
  [["--budget", "Infinity"], /--budget Infinity: give a sum in USD/],
  [["--budget", ""], /--budget : give a sum in USD/],
  [["--scope", "some"], /--scope some: choose unanswered or all/],
])("relabel-personas %j is a usage error, before anything is opened", (options, sentence) => {
  const script = spawnSync(process.execPath, ["--import", "tsx", "scripts/relabel-personas.ts", ...options], {
    env: { PATH: process.env.PATH, NODE_ENV: "test" },
    encoding: "utf8",
  });
  expect(script.stderr).toMatch(sentence);
  expect(script.stdout).toBe("");
  expect(script.status).toBe(2);
});
