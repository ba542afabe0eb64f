import { describe, expect, test } from "vitest";
import { StorageError } from "~/ports/storage.server";
import { isStorageError, storageFailure } from "./storage-failure";

describe("storageFailure", () => {
  test("turns the port's error into a failed item with its class, sentence and retryability", () => {
    expect(storageFailure(new StorageError("unavailable", "S3 did not answer for “a.jpg”.", true))).toEqual({
      outcome: "failed",
      errorClass: "s3-unavailable",
      error: "S3 did not answer for “a.jpg”.",
      retryable: true,
    });
    expect(storageFailure(new StorageError("denied", "Not allowed.", false))).toMatchObject({
      errorClass: "s3-denied",
      retryable: false,
    });
  });

  test("recognises the port's error of another copy of the class", () => {
    class StorageError extends Error {
      override name = "StorageError";
    }
    expect(isStorageError(new StorageError("not found"))).toBe(true);
  });

  test("throws on what is no storage error", () => {
    const bug = new TypeError("x is undefined");
    expect(() => storageFailure(bug)).toThrow(bug);
    expect(isStorageError("StorageError")).toBe(false);
  });
});
