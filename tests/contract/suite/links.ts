import { describe, expect, test } from "vitest";
import type { ContractServer } from "../contract-server";
import { text } from "../helpers";

export function linksContract({ storage, put, storageWith }: ContractServer) {
  describe("a presigned link", () => {
    const at = (time: number) => storageWith({}, { clock: { now: () => new Date(time) } });

    test("reads the object, and a part of it", async () => {
      await put("signed/one two+three.txt", text("0123456789"));
      const url = await storage.presignGet("signed/one two+three.txt");
      const whole = await fetch(url);
      expect([whole.status, whole.headers.get("content-type"), await whole.text()]).toEqual([
        200,
        "text/plain",
        "0123456789",
      ]);
      const part = await fetch(url, { headers: { range: "bytes=2-4" } });
      expect([part.status, await part.text()]).toEqual([206, "234"]);
    });

    test("answers 304 to a browser that has the object", async () => {
      const { etag } = await put("signed/cached");
      const response = await fetch(await storage.presignGet("signed/cached"), {
        headers: { "if-none-match": `"${etag}"` },
      });
      expect([response.status, await response.text()]).toEqual([304, ""]);
    });

    test("names the file under which a browser saves the object", async () => {
      await put("signed/download");
      const response = await fetch(await storage.presignGet("signed/download", { download: "한글 (1).txt" }));
      expect(response.headers.get("content-disposition")).toBe(
        "attachment; filename*=UTF-8''%ED%95%9C%EA%B8%80%20%281%29.txt",
      );
      expect(await response.text()).toBe("signed/download");
    });

    test("says of what type the object is, whatever it was stored with", async () => {
      await put("signed/typed");
      const response = await fetch(await storage.presignGet("signed/typed", { contentType: "image/png" }));
      expect([response.headers.get("content-type"), await response.text()]).toEqual(["image/png", "signed/typed"]);
    });

    test("says how long a browser may keep what it reads, and is another link for other bytes", async () => {
      await put("signed/kept");
      const link = (keepAs: string) => storage.presignGet("signed/kept", { windowSeconds: 600, keepAs });
      const response = await fetch(await link("0b1c-2"));
      expect(response.headers.get("cache-control")).toBe('private, max-age=600, immutable, bytes="0b1c-2"');
      expect(await response.text()).toBe("signed/kept");
      expect(await link("0b1c-2")).not.toBe(await link("0b1c-3"));
    });

    test("is the same within a window, and another in the next", async () => {
      const windowStart = Math.floor(Date.now() / 600_000) * 600_000;
      const link = (time: number) => at(time).presignGet("signed/window", { windowSeconds: 600 });
      expect(await link(windowStart)).toBe(await link(windowStart + 599_999));
      expect(await link(windowStart)).not.toBe(await link(windowStart + 600_000));
    });

    test("is valid in the window after its own, and refused after that", async () => {
      await put("signed/expiry");
      const link = (time: number) => at(time).presignGet("signed/expiry", { windowSeconds: 600 });
      expect((await fetch(await link(Date.now() - 600_000))).status).toBe(200);
      expect((await fetch(await link(Date.now() - 1_200_000))).status).toBe(403);
    });

    test("that was tampered with is refused", async () => {
      await put("signed/this");
      await put("signed/that");
      const url = await storage.presignGet("signed/this");
      const status = async (change: (url: URL) => void) => {
        const changed = new URL(url);
        change(changed);
        return (await fetch(changed)).status;
      };
      expect(await status(() => undefined)).toBe(200);
      expect(await status((it) => it.searchParams.set("X-Amz-Expires", "86400"))).toBe(403);
      expect(await status((it) => it.searchParams.set("response-content-type", "text/html"))).toBe(403);
      expect(await status((it) => it.searchParams.delete("X-Amz-Signature"))).toBe(403);
      expect(await status((it) => it.searchParams.set("X-Amz-Signature", "0".repeat(64)))).toBe(403);
      const another = new URL(url);
      another.pathname = another.pathname.replace("this", "that");
      expect((await fetch(another)).status).toBe(403);
      expect((await fetch(url, { method: "DELETE" })).status).toBe(403);
    });

    test("is needed: without a signature nothing is read", async () => {
      await put("signed/private");
      const url = new URL(await storage.presignGet("signed/private"));
      url.search = "";
      expect((await fetch(url)).status).toBe(403);
    });
  });
}
