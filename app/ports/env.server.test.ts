import { expect, test } from "vitest";
import { productionEnv } from "../../tests/support/production-env";
import { EnvError, loadEnv } from "./env.server";

const production = { ...productionEnv, NODE_ENV: "test" } as const;

test("the image agent's token has a default on a developer's machine only", () => {
  expect(loadEnv({ NODE_ENV: "test" }).REFERENCE_TOKEN).toMatch(/^[\w-]{32,}$/);
  expect(loadEnv(production).REFERENCE_TOKEN).toBeUndefined();
  expect(loadEnv({ ...production, REFERENCE_TOKEN: "" }).REFERENCE_TOKEN).toBeUndefined();
});

test.each([
  ["short", "REFERENCE_TOKEN: must have at least 32 characters"],
  ["thirty-two characters with spaces in", "REFERENCE_TOKEN: must be letters, digits and -._~+/ only"],
])("a token that could not do is refused at start: %s", (token, problem) => {
  const load = () => loadEnv({ ...production, REFERENCE_TOKEN: token });
  expect(load).toThrow(EnvError);
  expect(load).toThrow(problem);
});
