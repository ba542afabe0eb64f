import { expect, test } from "vitest";
import { ModelError } from "~/ports/model/model-errors.server";
import { StorageError } from "~/ports/storage.server";
import { DomainError } from "./domain-error";
import { classOf, isKnownError } from "./known-error";

test.each([
  ["s3-unavailable", new StorageError("unavailable", "S3 did not answer.", true)],
  ["model-failed", new ModelError("Gemini did not answer.", true)],
  ["stale-plan", new DomainError("stale-plan", "The plan is another one by now.")],
  ["internal", new TypeError("x is undefined")],
  ["internal", Object.assign(new Error("Nobody listens."), { code: "ECONNREFUSED" })],
  ["internal", "a string"],
])("%s is the class of %s", (errorClass, error) => {
  expect(classOf(error)).toBe(errorClass);
});

test("an error is known by its name, also when it comes from another copy of the class", () => {
  const copy = Object.assign(new Error("There is no such object."), { name: "StorageError", code: "not-found" });
  expect(isKnownError(copy, "StorageError")).toBe(true);
  expect(isKnownError(copy, "DomainError")).toBe(false);
  expect(classOf(copy)).toBe("s3-not-found");
});
