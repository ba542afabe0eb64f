import { describe, expect, test } from "vitest";
import type { ContractServer } from "../contract-server";
import { text } from "../helpers";

export function environmentContract({ storage, put, storageWith }: ContractServer) {
  describe("a wrong environment", () => {
    test("names a missing bucket", async () => {
      const nowhere = storageWith({ S3_BUCKET: "no-such-bucket-5d1f" });
      const noBucket = { name: "StorageError", code: "no-bucket", retryable: false };
      await expect(nowhere.check()).rejects.toMatchObject(noBucket);
      await expect(nowhere.check()).rejects.toThrow(/“no-such-bucket-5d1f”.*S3_BUCKET/);
      await expect(nowhere.list().next()).rejects.toMatchObject(noBucket);
      await expect(nowhere.get("a")).rejects.toMatchObject(noBucket);
      await expect(nowhere.head("a")).rejects.toMatchObject(noBucket);
      await expect(put("a", text("a"), nowhere)).rejects.toMatchObject(noBucket);
      await expect(nowhere.copy("a", "b")).rejects.toMatchObject(noBucket);
      await expect(nowhere.deleteMany(["a"])).rejects.toMatchObject(noBucket);
    });

    test("names wrong credentials", async () => {
      const denied = { name: "StorageError", code: "denied", retryable: false };
      const wrongSecret = storageWith({ AWS_SECRET_ACCESS_KEY: "not the secret" });
      await expect(wrongSecret.check()).rejects.toMatchObject(denied);
      await expect(wrongSecret.check()).rejects.toThrow(/AWS_SECRET_ACCESS_KEY/);
      await expect(wrongSecret.head("a")).rejects.toMatchObject(denied);
      await expect(put("a", text("a"), wrongSecret)).rejects.toMatchObject(denied);
      const unknownKey = storageWith({ AWS_ACCESS_KEY_ID: "AKIANOTKNOWNHERE0000" });
      await expect(unknownKey.check()).rejects.toMatchObject(denied);
    });

    test("is found well when it is", async () => {
      await expect(storage.check()).resolves.toBeUndefined();
    });
  });
}
