import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import { countExternalReferences } from "~/features/generations/external/list-external.sql.server";
import { startImport } from "~/features/generations/import/start-import.server";
import { readGeneration } from "~/features/generations/read-generation.server";
import { keepIncoming } from "~/features/storage/keep-incoming.server";
import type { Ports } from "~/ports/index.server";
import { createOutside } from "~/ports/outside/outside.server";
import { pictureOf, startPictureServer } from "../../../tests/support/picture-server";
import { portsAround } from "../../../tests/support/world/nowhere";
import { runsOf } from "../../../tests/support/world/runs";
import { openWorld } from "../../../tests/support/world/world";
import { startReferenceMigration } from "./start-reference-migration.server";

const actor = { id: "script:test", name: "test" };
const createdAt = "2026-11-01T08:00:00Z";
const sha256Of = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const dataUrl = (bytes: Buffer) => `data:image/png;base64,${bytes.toString("base64")}`;

/** A CDN of a provider whose links are no longer good. */
async function startExpiredCdn() {
  const server = createServer((request, response) => {
    response.writeHead(request.url?.startsWith("/gone") ? 410 : 403).end("<Error>expired</Error>");
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function openHistory() {
  const world = await openWorld();
  const server = await startPictureServer();
  const expired = await startExpiredCdn();
  const outside = createOutside({ OUTSIDE_TEST_HOSTS: [server.host, expired] });
  const ports: Ports = portsAround({ db: world.db, storage: world.storage, outside });
  const { db, storage } = world;
  const runs = runsOf(ports, actor);
  return {
    ...world,
    ...runs,
    ports,
    server,
    expired: (path: string) => `http://${expired}${path}`,
    async import(records: object[]) {
      const lines = records.map((record) =>
        JSON.stringify({ createdAt, owner: "mina", model: "nano-banana-2.1", ...record }),
      );
      const keep = (payload: { bytes: Buffer; sha256: string }) => keepIncoming(ports, payload);
      const chunks = Readable.from([Buffer.from(lines.join("\n"))]);
      const { runId } = await startImport(ports, { chunks, source: "history", keep, actor });
      return runs.apply(await runs.work(runId));
    },
    migrate: async () => runs.apply(await runs.work((await startReferenceMigration(ports, actor)).runId)),
    state: async () => ({
      records: await db.generation.findMany({ orderBy: { id: "asc" } }),
      elsewhere: await db.externalReference.findMany({ orderBy: [{ generationId: "asc" }, { position: "asc" }] }),
      images: await db.image.count({ where: { goneAt: null } }),
    }),
    async keys() {
      const keys: string[] = [];
      for await (const { objects } of storage.list()) keys.push(...objects.map(({ key }) => key));
      return keys.filter((key) => !/^(thumbnails|incoming)\//.test(key));
    },
  };
}

test("what records name elsewhere comes home, is named by them from then on, and goes back as it was", async () => {
  const world = await openHistory();
  const { db, server, ports } = world;
  const [drawn, given] = [await pictureOf(2), await pictureOf(3)];
  const shared = { url: server.address("/9.png?signature=secret") };
  await world.import([
    {
      id: "g1",
      prompt: "A cat on a roof",
      image: server.address("/1.png?signature=secret"),
      references: [shared, dataUrl(given)],
    },
    { id: "g2", prompt: "A dog", image: dataUrl(drawn), references: [shared] },
    { id: "g3", prompt: "On some machine", image: "/srv/pictures/out/a.png" },
  ]);
  const before = await world.state();
  expect(await countExternalReferences(db)).toBe(6);

  const run = await world.migrate();
  expect(run).toMatchObject({ status: "succeeded", planned: 4, succeeded: 4, failed: 0 });
  expect(await world.keys()).toEqual([
    expect.stringMatching(/^mina\/a-cat-on-a-roof\/comparison\/nano-banana-2\.1_[0-9a-f]{8}\.png$/),
    ...[0, 1].map(() => expect.stringMatching(/^mina\/a-cat-on-a-roof\/supporting\/[0-9a-f]{8}\.png$/)),
    expect.stringMatching(/^mina\/a-dog\/comparison\//),
  ]);
  // One reference of two records is one image.
  expect(server.asked.filter((path) => path.startsWith("/9.png"))).toHaveLength(1);
  const image = await db.image.findFirstOrThrow({ where: { sha256: sha256Of(await pictureOf(1)) } });
  expect(image).toMatchObject({ ownerId: "mina", kind: "generated" });
  const generation = await readGeneration(db, image.id);
  expect(generation).toMatchObject({ id: "g1", prompt: "A cat on a roof" });
  expect(generation?.references.map((reference) => [reference.image?.key.split("/").at(-2), reference.why])).toEqual([
    ["supporting", null],
    ["supporting", null],
  ]);
  // The path of another machine is left; nobody can fetch it.
  expect((await world.state()).elsewhere).toMatchObject([{ generationId: "g3", url: "/srv/pictures/out/a.png" }]);

  await expect(startReferenceMigration(ports, actor)).rejects.toThrow("still elsewhere");
  expect(await world.undo(run.id)).toMatchObject({ status: "succeeded", succeeded: 4, skipped: 0, failed: 0 });
  expect(await world.state()).toEqual(before);
  expect(await world.keys()).toEqual([]);
  expect(await db.ingestedImage.count()).toBe(0);

  // And home again.
  expect(await world.migrate()).toMatchObject({ succeeded: 4, failed: 0 });
});

test("what cannot be fetched stays as the record names it, with the reason", async () => {
  const world = await openHistory();
  const { db, storage, server } = world;
  await world.import([
    { id: "g1", prompt: "Expired", image: world.expired("/a.png?Expires=1") },
    { id: "g2", prompt: "Gone", image: world.expired("/gone.png") },
    { id: "g3", prompt: "No picture", image: server.address("/page.png") },
    { id: "g4", prompt: "Another by now", image: { url: server.address("/4.png"), sha256: "4".repeat(64) } },
    { id: "g5", prompt: "Waited too long", image: dataUrl(await pictureOf(5)) },
    { id: "g6", prompt: "Fine", image: server.address("/6.png") },
  ]);
  await storage.delete(`incoming/${sha256Of(await pictureOf(5))}`);
  const before = await world.state();
  const run = await world.migrate();
  expect(run).toMatchObject({ status: "succeeded", succeeded: 1, failed: 5 });
  const { elsewhere, records } = await world.state();
  expect(elsewhere.map(({ generationId, lastError }) => [generationId, lastError])).toEqual([
    ["g1", expect.stringContaining("403")],
    ["g2", expect.stringContaining("410")],
    ["g3", expect.stringContaining("Its bytes are not JPEG")],
    ["g4", expect.stringContaining("other bytes than the record tells")],
    ["g5", expect.stringContaining("waited for more than three days")],
  ]);
  expect(records.slice(0, 5)).toEqual(before.records.slice(0, 5));
  expect(await world.keys()).toHaveLength(1);

  // The same file brings the bytes once more; a second run takes up what is left, and nothing else.
  const asked = server.asked.length;
  await world.import([{ id: "g5", prompt: "Waited too long", image: dataUrl(await pictureOf(5)) }]);
  expect(await world.migrate()).toMatchObject({ planned: 5, succeeded: 1, failed: 4 });
  expect(server.asked.slice(asked).filter((path) => path.startsWith("/6"))).toEqual([]);
  expect(await countExternalReferences(db)).toBe(4);
});

test("one picture under two addresses is stored once, and goes when the last record has been given back", async () => {
  const world = await openHistory();
  const { server } = world;
  await world.import([
    { id: "g1", prompt: "A cat", image: server.address("/1.png") },
    { id: "g2", prompt: "A cat", image: server.address("/1.png/again") },
  ]);
  const before = await world.state();
  const run = await world.migrate();
  expect(run).toMatchObject({ succeeded: 2 });
  expect(await world.keys()).toHaveLength(1);
  expect((await world.state()).records.map(({ imageId }) => imageId)).toEqual([1, 1]);
  expect(await world.undo(run.id)).toMatchObject({ succeeded: 2, skipped: 0 });
  expect(await world.state()).toEqual(before);
  expect(await world.keys()).toEqual([]);
});

test("an undo leaves a record that names another image by now, and an image that another record names", async () => {
  const world = await openHistory();
  const { db, server } = world;
  await world.import([
    { id: "g1", prompt: "A cat", image: server.address("/1.png") },
    { id: "g2", prompt: "A dog", image: server.address("/2.png") },
  ]);
  const run = await world.migrate();
  const [one, two] = await db.generation.findMany({ orderBy: { id: "asc" } });
  await world.import([{ id: "g3", prompt: "The same dog", image: { key: (await world.keys())[1] ?? "" } }]);
  await db.generation.update({ where: { id: "g1" }, data: { imageId: two?.imageId ?? null } });
  expect(one?.imageId).not.toBeNull();
  const undo = await world.undo(run.id);
  expect(undo).toMatchObject({ succeeded: 0, skipped: 2 });
  const items = await db.jobItem.findMany({ where: { runId: undo.id }, orderBy: { seq: "asc" } });
  expect(items.map(({ reason }) => reason).toSorted()).toEqual([
    "The record “g1” changed since the run.",
    expect.stringContaining("belongs to a generation record by now, so it stays."),
  ]);
  expect(await world.keys()).toHaveLength(2);
});
