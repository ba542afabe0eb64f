import { Readable } from "node:stream";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { indexImages } from "~/features/images/index/index-images";
import { sumIndexRun } from "~/features/images/index/index-images.server";
import { thumbnailKey } from "~/features/images/thumbnail-key.server";
import { jobKinds } from "~/features/job-kinds.server";
import { applyRun } from "~/features/job-runs/commands/apply-run.server";
import { retryFailed } from "~/features/job-runs/commands/retry-failed.server";
import type { Ports } from "~/ports/index.server";
import { createOutside } from "~/ports/outside/outside.server";
import { pictureOf, startPictureServer } from "../../../tests/support/picture-server";
import { testMoves } from "../../../tests/support/world/move-world";
import { portsAround } from "../../../tests/support/world/nowhere";
import { runsOf } from "../../../tests/support/world/runs";
import { openWorld } from "../../../tests/support/world/world";
import { readIngestMap } from "./ingest-map.server";
import type { ReadFile } from "./stage-ingest.server";
import { startIngest } from "./start-ingest.server";
import { planImages } from "./uploads/plan-images.server";

const actor = { id: "script:test", name: "test" };

async function openIngest(storeName?: string) {
  const world = await openWorld(undefined, storeName);
  const server = await startPictureServer();
  const outside = createOutside({ OUTSIDE_TEST_HOSTS: [server.host] });
  const ports: Ports = portsAround({ db: world.db, storage: world.storage, outside });
  const runs = runsOf(ports, actor);
  async function plan(lines: (object | string)[], readFile: ReadFile | null = null) {
    const text = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
    const chunks = Readable.from([Buffer.from(text)]);
    return runs.work((await startIngest(ports, { chunks, source: "list.ndjson", readFile, actor })).runId);
  }
  return {
    ...world,
    ...runs,
    ports,
    server,
    plan,
    ingest: async (lines: (object | string)[], readFile?: ReadFile) => runs.apply(await plan(lines, readFile)),
    /** Each line's key, or why it has none. */
    async map(runId: number) {
      const lines = (await collect(readIngestMap(ports, runId))).trim().split("\n");
      for (const line of lines) expect(line.length).toBeLessThan(300);
      return lines.map((line): { line: number; key?: string; error?: string; address?: string } => JSON.parse(line));
    },
    /** Keys of the bucket, but for thumbnails and what waits. */
    async keys() {
      const keys: string[] = [];
      for await (const { objects } of world.storage.list()) keys.push(...objects.map(({ key }) => key));
      return keys.filter((key) => !/^(thumbnails|incoming)\//.test(key));
    },
  };
}

const dataUrl = (bytes: Buffer, type = "image/png") => `data:${type};base64,${bytes.toString("base64")}`;

describe("an ingest", () => {
  test("brings addresses, data: URLs, files and stray keys to keys that say what they are", async () => {
    const world = await openIngest();
    const { db, storage, server } = world;
    await storage.put("stray/old.png", await pictureOf(3), { contentType: "image/png" });
    const files: ReadFile = async (path) => ({ bytes: await pictureOf(Number(path)) });
    const run = await world.ingest(
      [
        { url: server.address("/1.png?signature=secret"), owner: "mina", topic: "Grüße aus Köln", role: "hero" },
        { url: dataUrl(await pictureOf(2)), owner: "mina", topic: "Grüße aus Köln", role: "supporting" },
        { key: "stray/old.png", owner: "mina", topic: "사진", role: "comparison", model: "nano-banana-2.1" },
        { path: "4", topic: "Grüße aus Köln", role: "platform", platform: "X", name: "og" },
        { path: "5", owner: "mina", role: "branding", name: "Logo (dark)" },
      ],
      files,
    );
    expect(run).toMatchObject({ status: "succeeded", succeeded: 5, failed: 0, skipped: 0 });
    expect((await world.map(run.id)).map(({ key }) => key)).toEqual([
      "mina/gruesse-aus-koeln/hero.png",
      expect.stringMatching(/^mina\/gruesse-aus-koeln\/supporting\/[0-9a-f]{8}\.png$/),
      expect.stringMatching(/^mina\/sajin\/comparison\/nano-banana-2\.1_[0-9a-f]{8}\.png$/),
      "default/gruesse-aus-koeln/platform/x_og.png",
      "mina/branding/logo-dark.png",
    ]);
    const [hero, supporting] = await world.map(run.id);
    expect(hero).toMatchObject({
      address: "https://ops.example/images/mina/gruesse-aus-koeln/hero.png",
      servedBy: "console",
    });
    expect((await storage.head(hero?.key ?? ""))?.cacheControl).toBe("public, max-age=300");
    expect((await storage.head(supporting?.key ?? ""))?.cacheControl).toBe("public, max-age=31536000, immutable");
    const row = await db.image.findUniqueOrThrow({ where: { key: "mina/gruesse-aus-koeln/hero.png" } });
    expect(row).toMatchObject({ kind: "upload", ownerId: "mina", contentType: "image/png", width: 24, height: 16 });
    expect(row.thumbnailEtag).toBe(row.etag);
    expect((await storage.head(thumbnailKey(row.key)))?.metadata["source-etag"]).toBe(row.etag);
    expect((await storage.get(row.key)).body).toEqual(await pictureOf(1));
    // What was brought home from the bucket is still where it was.
    expect(await world.keys()).toContain("stray/old.png");
    // An index run finds nothing else than the stray one.
    const { id } = await world.carryOut(indexImages, { prefix: "" });
    expect(await sumIndexRun(world, id)).toEqual({ objects: 6, new: 1, changed: 0, back: 0, gone: 0 });
  });

  test("says of each line that is broken what is wrong, and brings the others home", async () => {
    const world = await openIngest();
    const { server } = world;
    const hero = { owner: "mina", topic: "one", role: "hero" };
    const whole = await pictureOf(7);
    const run = await world.ingest([
      "not JSON",
      { ...hero },
      { ...hero, url: server.address("/1.png"), key: "a.png" },
      { ...hero, url: server.address("/1.png"), colour: "red" },
      { url: server.address("/1.png"), owner: "Trash", topic: "one", role: "hero" },
      { url: server.address("/1.png"), role: "hero" },
      { url: server.address("/1.png"), topic: "one", role: "villain" },
      { url: server.address("/1.png"), topic: "one", role: "comparison" },
      { ...hero, path: "/etc/passwd" },
      { ...hero, url: "data:image/png;base64,iVBORw0KGgoAA" },
      { ...hero, url: dataUrl(whole.subarray(0, 60)) },
      { ...hero, url: "data:text/html,<svg xmlns='http://www.w3.org/2000/svg'/>" },
      { ...hero, url: server.address("/page.png") },
      { ...hero, url: server.address("/missing.png") },
      { ...hero, url: "http://169.254.169.254/latest/meta-data" },
      { ...hero, key: "nowhere.png" },
      { ...hero, url: server.address("/8.png") },
    ]);
    expect(run).toMatchObject({ status: "succeeded", succeeded: 1, failed: 16 });
    const items = await world.db.jobItem.findMany({ where: { runId: run.id }, orderBy: { seq: "asc" } });
    expect(items.map(({ errorClass, error }) => [errorClass, error])).toEqual([
      ["broken-line", "Line 1 is not JSON."],
      ["broken-line", "Line 2 must name its image by just one of “url”, “path” and “key”."],
      ["broken-line", "Line 3 must name its image by just one of “url”, “path” and “key”."],
      ["broken-line", "Line 4 has a field “colour”, which is not known."],
      [
        "broken-line",
        "Line 5 cannot be used: The owner is called like a folder that the bucket has for something else.",
      ],
      ["broken-line", "Line 6 has no “topic”, which every role but branding needs."],
      ["broken-line", expect.stringContaining("Line 7 has a “role” that cannot be used: It is none of")],
      ["broken-line", expect.stringContaining("Line 8 has no “model”")],
      ["broken-line", "Line 9 names a file, which only the script can read."],
      ["broken-line", "Line 10 is a data URL whose base64 is cut short."],
      ["undecodable", expect.stringContaining("Line 11, “data:image/png…”: ")],
      ["not-an-image", expect.stringContaining("Line 12, “data:text/html…”: This is an SVG")],
      ["not-an-image", expect.stringContaining("/page.png”: Its bytes are not JPEG")],
      ["not-found", expect.stringContaining("/missing.png")],
      ["forbidden-address", expect.stringContaining("169.254.169.254")],
      ["not-found", "There is no object “nowhere.png” in the bucket."],
      [null, null],
    ]);
    expect(await world.keys()).toEqual(["mina/one/hero.png"]);
  });

  test("stores the same bytes once per owner, and says which key has them", async () => {
    const world = await openIngest();
    const { server } = world;
    const line = { url: server.address("/1.png"), owner: "mina", role: "supporting" };
    const run = await world.ingest([
      { ...line, topic: "First" },
      { ...line, topic: "Second" },
      { ...line, topic: "First" },
      { ...line, topic: "First", owner: "noor" },
    ]);
    expect(run).toMatchObject({ succeeded: 4 });
    const [first, second, again, other] = await world.map(run.id);
    const key = first?.key;
    expect(key).toMatch(/^mina\/(first|second)\/supporting\//);
    expect([second?.key, again?.key]).toEqual([key, key]);
    expect(other?.key).toMatch(/^noor\/first\//);
    expect(await world.keys()).toHaveLength(2);
    const items = await world.db.jobItem.findMany({ where: { runId: run.id }, orderBy: { seq: "asc" } });
    const shared = items.slice(0, 2).map(({ after }) => JSON.parse(after ?? "").isShared);
    expect(shared.toSorted()).toEqual([false, true]);
  });

  test("leaves a hero that another image is already", async () => {
    const world = await openIngest();
    const hero = { owner: "mina", topic: "one", role: "hero" };
    await world.ingest([{ ...hero, url: world.server.address("/1.png") }]);
    const run = await world.ingest([{ ...hero, url: world.server.address("/2.png") }]);
    expect(run).toMatchObject({ succeeded: 0, failed: 1 });
    expect((await world.map(run.id))[0]?.error).toContain("“mina/one/hero.png” holds another image");
    expect((await world.storage.get("mina/one/hero.png")).body).toEqual(await pictureOf(1));
    // Its claim ended with it.
    expect(await world.db.ingestedImage.count()).toBe(1);
  });

  test.each(["aws-versioned", "b2", "ceph-versioned", "ceph-suspended", "swift"])(
    "works on %s, there and back and there again",
    async (store) => {
      const world = await openIngest(store);
      const lines = [
        { url: world.server.address("/1.png"), topic: "one", role: "hero" },
        { url: dataUrl(await pictureOf(2)), topic: "one", role: "supporting" },
      ];
      const run = await world.ingest(lines);
      expect(run).toMatchObject({ status: "succeeded", succeeded: 2 });
      expect(await world.undo(run.id)).toMatchObject({ status: "succeeded", succeeded: 2, skipped: 0 });
      expect(await world.keys()).toEqual([]);
      expect(await world.ingest(lines)).toMatchObject({ succeeded: 2 });
      expect(await world.keys()).toHaveLength(2);
    },
  );

  test("gives a topic one hero, whatever its format", async () => {
    const world = await openIngest();
    const jpeg = await sharp(await pictureOf(2))
      .jpeg()
      .toBuffer();
    const hero = { owner: "mina", topic: "one", role: "hero" };
    const both = await world.ingest([
      { ...hero, url: world.server.address("/1.png") },
      { ...hero, url: dataUrl(jpeg) },
    ]);
    expect(both).toMatchObject({ succeeded: 1, failed: 1 });
    expect(await world.keys()).toHaveLength(1);
    const more = await world.ingest([{ ...hero, url: world.server.address("/3.png") }]);
    expect(more).toMatchObject({ succeeded: 0, failed: 1 });
  });

  test("shows and exports no query of an address, and takes none with a password", async () => {
    const world = await openIngest();
    const { server, db } = world;
    const hero = { owner: "mina", topic: "one", role: "hero" };
    const run = await world.ingest([
      { ...hero, url: server.address("/1.png?X-Amz-Signature=needle") },
      { ...hero, url: server.address("/none.png?X-Amz-Signature=needle") },
      { ...hero, url: `http://mina:needle@${server.host}/1.png` },
    ]);
    expect(run).toMatchObject({ succeeded: 1, failed: 2 });
    expect(server.asked).toContain("/1.png?X-Amz-Signature=needle");
    const kept = JSON.stringify([await db.jobItem.findMany(), await world.map(run.id)]);
    expect(kept).not.toContain("needle");
  });

  test("gives bytes a key of their own where those of the index are not there any more", async () => {
    const world = await openIngest();
    const line = { url: world.server.address("/1.png"), owner: "mina", role: "supporting" };
    const [first] = await world.map((await world.ingest([{ ...line, topic: "a" }])).id);
    await world.storage.put(first?.key ?? "", await pictureOf(2), { contentType: "image/png" });
    const [second] = await world.map((await world.ingest([{ ...line, topic: "b" }])).id);
    expect(second?.key).toMatch(/^mina\/b\/supporting\//);
    expect((await world.storage.get(second?.key ?? "")).body).toEqual(await pictureOf(1));
  });

  test("tells the CDN's address where there is one, in lines of less than 300 characters", async () => {
    const world = await openIngest();
    world.ports.settings.PUBLIC_ASSET_BASE_URL = "https://images.example.com";
    const url = world.server.address(`/1.png/${"x".repeat(500)}`);
    const line = { url, owner: "m+na", role: "comparison", model: "nano-banana-2.1" };
    const run = await world.ingest([
      { ...line, topic: "cats" },
      { ...line, topic: "y".repeat(60), owner: "0".repeat(36) },
    ]);
    const [short, long] = await world.map(run.id);
    expect(short).toMatchObject({
      address: `https://images.example.com/${short?.key?.replace("+", "%2B")}`,
      servedBy: "cdn",
    });
    expect(long).toMatchObject({ address: expect.stringMatching(/^https:..images\.example\.com\/0{36}\/y{60}\//) });
  });

  test("cuts what a line was, never where it is now, however long owner and key are and whatever they are made of", async () => {
    const world = await openIngest();
    world.ports.settings.PUBLIC_ASSET_BASE_URL = "https://images.example.com";
    const odd = world.server.address(`/1.png/${"'\"😀".repeat(40)}`);
    const line = { role: "comparison", model: "m".repeat(60), topic: "y".repeat(60) };
    const stray = `stray/${'"'.repeat(200)}.png`;
    await world.storage.put(stray, await pictureOf(3), { contentType: "image/png" });
    const owners = ["정".repeat(20), "0".repeat(200), "😀".repeat(200), '"'.repeat(100)];
    const run = await world.ingest([
      ...owners.map((owner) => ({ ...line, owner, url: odd })),
      { ...line, key: stray },
      { ...line, key: `${'"'.repeat(500)}.png` },
    ]);
    expect(run).toMatchObject({ succeeded: 5, failed: 1 });
    const lines = await world.map(run.id);
    const keyOf = (owner: string) => `${owner}/${"y".repeat(60)}/comparison/${"m".repeat(60)}_`;
    const [korean, long, ...byId] = lines;
    expect(korean).toEqual({
      line: 1,
      from: expect.stringMatching(/…$/),
      key: expect.stringMatching(keyOf("정".repeat(20))),
    });
    const ids = await Promise.all(
      owners.map((owner) => world.db.image.findFirstOrThrow({ where: { key: { startsWith: keyOf(owner) } } })),
    );
    const byIds = ids.map(({ id }, index) => ({
      ...{ line: index + 1, from: expect.stringMatching(/^http.+…$/) },
      ...{ address: `https://ops.example/images/${id}`, servedBy: "console" },
    }));
    expect([long, ...byId.slice(0, 2)]).toEqual(byIds.slice(1));
    expect(lines[4]).toMatchObject({
      from: expect.stringMatching(/^stray\/"+…$/),
      address: expect.stringMatching(keyOf("default")),
    });
    expect(lines[5]).toMatchObject({ from: expect.stringMatching(/^"+…$/), error: expect.stringMatching(/…$/) });
  });

  test("looks again for what its plan found there", async () => {
    const world = await openIngest();
    const line = { url: world.server.address("/1.png"), topic: "one", role: "hero" };
    const run = await world.ingest([line]);
    const planned = await world.plan([line]);
    await world.undo(run.id);
    expect(await world.apply(planned)).toMatchObject({ succeeded: 1, skipped: 0 });
    expect(await world.keys()).toEqual(["default/one/hero.png"]);
  });
});

describe("its undo", () => {
  test("removes what the run made, and nothing that another line stands for or people have labeled", async () => {
    const world = await openIngest();
    const { db, server } = world;
    const line = { owner: "mina", role: "supporting" };
    await world.storage.put("mina/kept/hero.png", await pictureOf(9), { contentType: "image/png" });
    const run = await world.ingest([
      { ...line, url: server.address("/1.png"), topic: "a" },
      { ...line, url: server.address("/1.png"), topic: "b" },
      { ...line, url: server.address("/2.png"), topic: "a" },
      { ...line, url: server.address("/3.png"), topic: "a" },
      { owner: "mina", role: "hero", topic: "kept", url: server.address("/9.png") },
    ]);
    expect(run).toMatchObject({ succeeded: 5 });
    // Another run's line stands for the second picture.
    const later = await world.ingest([{ ...line, url: server.address("/2.png?again"), topic: "c" }]);
    const keys = await world.map(run.id);
    const labeled = await db.image.findUniqueOrThrow({ where: { key: keys[3]?.key ?? "" } });
    const at = new Date();
    await db.label.create({
      data: {
        ...{ imageId: labeled.id, attribute: "tone", value: "warm", etag: labeled.etag },
        ...{ source: "person", acceptedBy: "operator:1", acceptedAt: at },
      },
    });
    const undo = await world.undo(run.id);
    expect(undo).toMatchObject({ status: "succeeded", skipped: 1 });
    expect(await world.keys()).toEqual(["mina/kept/hero.png", keys[2]?.key, keys[3]?.key].toSorted());
    const gone = await db.image.findUniqueOrThrow({ where: { key: keys[0]?.key ?? "" } });
    expect(gone.goneAt).not.toBeNull();
    expect(await world.storage.head(thumbnailKey(gone.key))).toBeNull();
    const { id } = await world.carryOut(indexImages, { prefix: "" });
    expect(await sumIndexRun(world, id)).toEqual({ objects: 3, new: 0, changed: 0, back: 0, gone: 0 });
    // The last line that stood for it takes it away.
    await world.undo(later.id);
    expect(await world.keys()).not.toContain(keys[2]?.key);
  });

  test("cannot be undone itself, and says how its images come back", async () => {
    const world = await openIngest();
    const run = await world.ingest([{ url: world.server.address("/1.png"), topic: "one", role: "hero" }]);
    const undo = await world.undo(run.id);
    const { summary } = await world.planUndo(undo.id);
    const sample = ["Line 1: what was taken away comes back by ingesting the list again."];
    expect(summary?.conflicts).toEqual({ count: 1, sample });
    expect(await world.ingest([{ url: world.server.address("/1.png"), topic: "one", role: "hero" }])).toMatchObject({
      succeeded: 1,
    });
    expect(await world.keys()).toEqual(["default/one/hero.png"]);
  });

  test("of two runs of one list the last one takes the images away, in either order", async () => {
    const world = await openIngest();
    const lines = [1, 2].map((n) => ({ url: world.server.address(`/${n}.png`), topic: "a", role: "supporting" }));
    for (const order of [0, 1]) {
      const plans = [await world.plan(lines), await world.plan(lines)];
      for (const plan of plans) expect(await world.apply(plan)).toMatchObject({ succeeded: 2 });
      const ids = plans.map(({ id }) => id);
      const [first = 0, last = 0] = order === 0 ? ids : ids.toReversed();
      expect(await world.undo(first)).toMatchObject({ succeeded: 2 });
      expect(await world.keys()).toHaveLength(2);
      expect(await world.undo(last)).toMatchObject({ succeeded: 2 });
      expect(await world.keys()).toEqual([]);
    }
    expect(await world.db.ingestedImage.count()).toBe(0);
  });

  test("takes away what a line that failed has left", async () => {
    const world = await openIngest();
    world.setFaults([{ operation: "PutObject", keyPattern: "^thumbnails/", status: 403, code: "AccessDenied" }]);
    const run = await world.ingest([{ url: world.server.address("/1.png"), topic: "one", role: "hero" }]);
    expect(run).toMatchObject({ succeeded: 0, failed: 1 });
    expect(await world.keys()).toEqual(["default/one/hero.png"]);
    world.setFaults([]);
    expect(await world.undo(run.id)).toMatchObject({ succeeded: 1, skipped: 0 });
    expect(await world.keys()).toEqual([]);
    expect(await world.db.ingestedImage.count()).toBe(0);
  });

  test.each(["first", "last"])("knows what arrived of a put that failed, the failed run undone %s", async (when) => {
    const world = await openIngest();
    const line = { url: world.server.address("/1.png"), role: "supporting" };
    // Nothing of the first arrives; of the third all but its thumbnail.
    world.setFaults([{ operation: "PutObject", keyPattern: "^default/", status: 403, code: "AccessDenied" }]);
    const refused = await world.ingest([{ ...line, topic: "a" }]);
    world.setFaults([{ operation: "PutObject", keyPattern: "^thumbnails/", status: 403, code: "AccessDenied" }]);
    const half = await world.ingest([{ ...line, topic: "a" }]);
    world.setFaults([]);
    const whole = await world.ingest([{ ...line, topic: "a" }]);
    expect([refused.failed, half.failed, whole.succeeded]).toEqual([1, 1, 1]);
    const order = when === "first" ? [refused, half, whole] : [whole, half, refused];
    for (const { id } of order) {
      expect(await world.keys()).toHaveLength(1);
      expect(await world.undo(id)).toMatchObject({ failed: 0, skipped: 0 });
      if (id === half.id && when === "last") break;
    }
    expect(await world.keys()).toEqual([]);
  });

  test("leaves what a failed line put there once it is labeled", async () => {
    const world = await openIngest();
    world.setFaults([{ operation: "PutObject", keyPattern: "^thumbnails/", status: 403, code: "AccessDenied" }]);
    const run = await world.ingest([{ url: world.server.address("/1.png"), topic: "one", role: "hero" }]);
    world.setFaults([]);
    await world.carryOut(indexImages, { prefix: "" });
    const { id, etag } = await world.db.image.findFirstOrThrow();
    await world.db.label.create({
      data: {
        ...{ imageId: id, attribute: "tone", value: "warm", etag },
        ...{ source: "person", acceptedBy: "operator:1", acceptedAt: new Date() },
      },
    });
    expect(await world.undo(run.id)).toMatchObject({ succeeded: 0, skipped: 1 });
    expect(await world.keys()).toEqual(["default/one/hero.png"]);
  });

  test("waits for a line of another run that is about to stand for the same image", async () => {
    const world = await openIngest();
    const { db, server } = world;
    const line = { url: server.address("/1.png"), role: "supporting" };
    const run = await world.ingest([{ ...line, topic: "a" }]);
    const other = await world.plan([{ ...line, topic: "b" }]);
    await applyRun(world.ports, jobKinds, { runId: other.id, actor, planHash: other.planHash ?? "" });
    const claim = await db.ingestedImage.findFirstOrThrow({ omit: { id: true } });
    const coming = { runId: other.id, place: "b/supporting", mark: null, etag: null, imageId: null, isMaker: false };
    await db.ingestedImage.create({ data: { ...claim, ...coming } });
    const undo = await world.undo(run.id);
    expect(undo).toMatchObject({ succeeded: 0, failed: 1 });
    expect(await world.work(other.id)).toMatchObject({ succeeded: 1 });
    expect(await world.keys()).toEqual([claim.key]);
    await retryFailed(world.ports, jobKinds, { runId: undo.id, actor });
    expect(await world.work(undo.id)).toMatchObject({ succeeded: 1, failed: 0 });
    expect(await world.keys()).toEqual([claim.key]);
    expect(await world.undo(other.id)).toMatchObject({ succeeded: 1 });
    expect(await world.keys()).toEqual([]);
  });

  test("leaves an image that has moved since", async () => {
    const world = await openIngest();
    const run = await world.ingest([{ url: world.server.address("/1.png"), topic: "one", role: "hero" }]);
    await world.carryOut(testMoves, { moves: [{ from: "default/one/hero.png", to: "archive/a.png" }] });
    const undo = await world.planUndo(run.id);
    expect(undo.summary?.conflicts?.sample).toEqual([
      "“default/one/hero.png” has moved to “archive/a.png”, so it stays.",
    ]);
  });

  test("leaves what another database's run of the same number has put there", async () => {
    const world = await openIngest();
    await world.storage.put("default/one/hero.png", await pictureOf(1), {
      contentType: "image/png",
      metadata: { run: "1", mark: "of another console" },
    });
    const run = await world.ingest([{ url: world.server.address("/1.png"), topic: "one", role: "hero" }]);
    expect(run).toMatchObject({ id: 1, succeeded: 1 });
    expect(await world.undo(run.id)).toMatchObject({ succeeded: 1 });
    expect(await world.keys()).toEqual(["default/one/hero.png"]);
  });

  test("leaves an image that was replaced since", async () => {
    const world = await openIngest();
    const run = await world.ingest([{ url: world.server.address("/1.png"), topic: "one", role: "hero" }]);
    await world.storage.put("default/one/hero.png", await pictureOf(2), { contentType: "image/png" });
    expect(await world.undo(run.id)).toMatchObject({ succeeded: 0, skipped: 1 });
    expect((await world.storage.get("default/one/hero.png")).body).toEqual(await pictureOf(2));
  });
});

test("an upload whose bytes are not those of the chosen file is refused", async () => {
  const world = await openIngest();
  const { db, storage } = world;
  const now = new Date();
  const { id: operatorId } = await db.operator.create({
    data: { email: "mina@diffs.studio", name: "Mina", role: "operator", createdAt: now },
  });
  const bytes = await pictureOf(1);
  const key = "incoming/upload-1";
  await storage.put(key, bytes, { contentType: "application/octet-stream" });
  const { id } = await db.upload.create({
    data: {
      ...{ operatorId, name: "a.png", bytes: bytes.length, sha256: "0".repeat(64), key, uploadId: "1", partBytes: 1 },
      ...{ startedAt: now, completedAt: now },
    },
  });
  const place = { owner: null, topic: "Cats", role: { role: "supporting" as const } };
  const { runId } = await planImages(world.ports, { ...place, uploadIds: [id], addresses: [], operatorId, actor });
  const run = await world.apply(await world.work(runId));
  const items = await db.jobItem.findMany({ where: { runId: run.id } });
  expect(items.map(({ errorClass, error }) => [errorClass, error])).toEqual([
    ["differs", "Line 1, “a.png”: what has arrived is not the file that was chosen. Upload it again."],
  ]);
});

test("a thousand lines, a third of them twice and 20 broken: each once, each fault by its name, twice the same, and undone", async () => {
  const world = await openIngest();
  const { server, db } = world;
  const files: ReadFile = async (path) => ({ bytes: await pictureOf(Number(path)) });
  const lines: (object | string)[] = [];
  for (let n = 0; n < 980; n++) {
    // 653 pictures, and 327 of them once more for another topic.
    const number = n < 653 ? n : n - 653;
    const topic = `Topic ${n < 653 ? n % 7 : 7}`;
    const told = [
      { url: server.address(`/${number}.png`) },
      { url: dataUrl(await pictureOf(number)) },
      { path: String(number) },
    ][number % 3];
    lines.push({ ...told, owner: "mina", topic, role: "supporting" });
  }
  for (let n = 0; n < 20; n++)
    lines.splice(n * 49, 0, n % 2 === 0 ? "{" : { url: server.address("/none.png"), topic: "x", role: "hero" });
  const before = await world.keys();

  const run = await world.ingest(lines, files);
  expect(run).toMatchObject({ status: "succeeded", planned: 1_000, succeeded: 980, failed: 20 });
  const map = await world.map(run.id);
  expect(map.filter(({ error }) => error !== undefined)).toHaveLength(20);
  const keys = map.flatMap(({ key }) => key ?? []);
  expect(keys).toHaveLength(980);
  expect(new Set(keys).size).toBe(653);
  expect(await world.keys()).toEqual([...new Set(keys)].toSorted());
  expect(new Set((await db.image.findMany()).map(({ sha256 }) => sha256)).size).toBe(653);

  const asked = server.asked.length;
  const again = await world.ingest(lines, files);
  expect(again).toMatchObject({ succeeded: 0, skipped: 980, failed: 20 });
  expect(server.asked.slice(asked).filter((path) => path !== "/none.png")).toEqual([]);
  expect((await world.map(again.id)).flatMap(({ key }) => key ?? [])).toEqual(keys);

  expect(await world.undo(run.id)).toMatchObject({ status: "succeeded", succeeded: 980, skipped: 0 });
  expect(await world.keys()).toEqual(before);
  expect(await db.ingestedImage.count()).toBe(0);
});

async function collect(texts: AsyncIterable<string>): Promise<string> {
  let all = "";
  for await (const text of texts) all += text;
  return all;
}
