import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { BegunUpload } from "~/features/ingest/uploads/begin-upload.server";
import { completeUpload } from "~/features/ingest/uploads/complete-upload.server";
import { listUploads } from "~/features/ingest/uploads/list-uploads.server";
import { planImages, type WantedImages } from "~/features/ingest/uploads/plan-images.server";
import { MOST_UPLOADS, PART_BYTES } from "~/features/ingest/uploads/upload-file";
import type { Role } from "~/features/operators/role";
import type { Ports } from "~/ports/index.server";
import type { Storage } from "~/ports/storage.server";
import { signIn } from "~/web/sign-in/operator-session.server";
import { contextOf, startTestConsole } from "../../../tests/support/console";
import { startTestS3 } from "../../../tests/support/store/s3";
import { action } from "./route";

const at = new Date(1_700_000_000_000);
const DAY = 24 * 60 * 60 * 1000;

const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");

/** A console whose people upload: `steps` are what a page sends, and how it is answered. */
async function open() {
  const s3 = await startTestS3();
  let now = Date.now();
  const variables = { ...s3.env, S3_FORCE_PATH_STYLE: "true" };
  const { url, env, ports } = await startTestConsole({
    routes: { "/uploads": { action } },
    env: variables,
    now: () => new Date(now),
  });
  const context = contextOf({ env, ports });
  async function signedIn(name: string, role: Role) {
    const data = { email: `${name}@diffs.studio`, name, role, createdAt: at };
    const { id } = await ports.db.operator.create({ data });
    const cookie = (await signIn({ request: new Request(url), context }, id)).split(";")[0] ?? "";
    const ask = (fields: Record<string, string | number>) =>
      fetch(`${url}/uploads`, {
        method: "POST",
        headers: { Cookie: cookie, Origin: url },
        body: new URLSearchParams(Object.entries(fields).map(([field, value]) => [field, String(value)])),
      });
    /** What was answered, or the status and the sentence of a refusal. */
    const send = async (fields: Record<string, string | number>) => {
      const answer = await ask(fields);
      return answer.ok ? answer.json() : [answer.status, await answer.text()];
    };
    const begin = (file: string, bytes: number, sha256 = hashOf(`${bytes} bytes`)): Promise<BegunUpload> =>
      send({ intent: "begin", name: file, bytes, sha256 });
    return {
      operatorId: id,
      send,
      begin,
      /** Puts one part of a file, as a browser does. */
      async put(upload: number, number: number, body: Buffer) {
        const { link } = await send({ intent: "sign", id: upload, number });
        return (await fetch(link, { method: "PUT", body: new Uint8Array(body) })).status;
      },
      complete: (upload: number) => send({ intent: "complete", id: upload }),
      discard: (upload: number) => send({ intent: "discard", id: upload }),
      plan: (wanted: Partial<WantedImages>) =>
        planImages(ports, {
          ...{ uploadIds: [], addresses: [], owner: null, topic: "Cats", role: { role: "supporting" } },
          ...wanted,
          ...{ operatorId: id, actor: { id: `operator:${id}`, name } },
        }),
      waiting: () => listUploads(ports, id),
    };
  }
  return {
    ...s3,
    db: ports.db,
    ports,
    mina: await signedIn("mina", "operator"),
    signedIn,
    pass(ms: number) {
      now += ms;
    },
  };
}

const file = Buffer.concat([Buffer.alloc(PART_BYTES, "a"), Buffer.alloc(PART_BYTES, "b"), Buffer.from("the end")]);
const part = (number: number) => file.subarray((number - 1) * PART_BYTES, number * PART_BYTES);

test("a file chosen again goes on where it stopped, and no part is sent twice", async () => {
  const { db, mina, storage, requests } = await open();
  const { id, ...begun } = await mina.begin("photo.png", file.length);
  expect(begun).toEqual({ partBytes: PART_BYTES, isWhole: false, there: [] });
  expect(await mina.put(id, 2, part(2))).toBe(200);
  expect(await mina.complete(id)).toEqual([
    409,
    "Not all of “photo.png” has arrived. Choose the file again to send the rest.",
  ]);
  expect(await mina.waiting()).toMatchObject([{ name: "photo.png", thereBytes: PART_BYTES, isWhole: false }]);
  expect(await mina.begin("photo.png", file.length)).toMatchObject({ id, there: [2] });
  await mina.put(id, 1, part(1));
  await mina.put(id, 3, part(3));
  expect([await mina.complete(id), await mina.complete(id)]).toEqual([{}, {}]);
  const { key } = await db.upload.findUniqueOrThrow({ where: { id } });
  expect(key).toMatch(/^incoming\/upload-[0-9a-f]{24}$/);
  expect((await storage.get(key)).body.equals(file)).toBe(true);
  expect(requests.count("UploadPart")).toBe(3);
  expect(await mina.begin("photo.png", file.length)).toMatchObject({ id, isWhole: true });
});

test("two tabs that begin one file at once share it; another file is another upload", async () => {
  const { db, mina, storage, signedIn } = await open();
  const [one, other] = await Promise.all([mina.begin("a.png", 5), mina.begin("a.png", 5)]);
  expect(one.id).toBe(other.id);
  expect(await db.upload.count()).toBe(1);
  await Promise.all([mina.put(one.id, 1, Buffer.from("bytes")), mina.put(one.id, 1, Buffer.from("bytes"))]);
  expect(await Promise.all([mina.complete(one.id), mina.complete(one.id)])).toEqual([{}, {}]);
  const { key } = await db.upload.findFirstOrThrow();
  expect((await storage.get(key)).body.toString()).toBe("bytes");
  const jun = await signedIn("jun", "operator");
  expect((await jun.begin("a.png", 5)).id).not.toBe(one.id);
  expect((await mina.begin("a.png", 6)).id).not.toBe(one.id);
});

test("two files of one name and size are two uploads, and share no part", async () => {
  const { db, mina, storage } = await open();
  const bodies = ["bytes", "other"];
  for (const body of bodies) {
    const { id, there } = await mina.begin("a.png", 5, hashOf(body));
    expect(there).toEqual([]);
    await mina.put(id, 1, Buffer.from(body));
    await mina.complete(id);
  }
  const uploads = await db.upload.findMany({ orderBy: { id: "asc" } });
  const stored = await Promise.all(uploads.map(async ({ key }) => (await storage.get(key)).body.toString()));
  expect(stored).toEqual(bodies);
  expect((await mina.send({ intent: "begin", name: "a.png", bytes: 5 }))[0]).toBe(400);
});

test("what was joined without anyone hearing of it is known to be there", async () => {
  const { db, mina, storage } = await open();
  const { id } = await mina.begin("a.png", 5);
  await mina.put(id, 1, Buffer.from("bytes"));
  const upload = await db.upload.findUniqueOrThrow({ where: { id } });
  await storage.completeUpload(upload, (await storage.listParts(upload)) ?? []);
  expect(await mina.begin("a.png", 5)).toMatchObject({ id, isWhole: true });
  expect(await mina.waiting()).toMatchObject([{ id, isWhole: true }]);
  // Pages complete nothing that is whole already.
  await mina.plan({ uploadIds: [id] });
  expect(await db.ingestLine.count()).toBe(1);
  expect(await db.upload.count()).toBe(0);
});

test("what was joined without anyone hearing of it may still be completed", async () => {
  const { db, mina, storage } = await open();
  const { id } = await mina.begin("a.png", 5);
  await mina.put(id, 1, Buffer.from("bytes"));
  const upload = await db.upload.findUniqueOrThrow({ where: { id } });
  await storage.completeUpload(upload, (await storage.listParts(upload)) ?? []);
  expect(await mina.complete(id)).toEqual({});
});

test.each([
  ["a.png", 128 * 1024 * 1024 + 1, "“a.png” has 134\u202fMB; images may have 134\u202fMB at most."],
  ["a.png", 0, "“a.png” is empty."],
  ["a.svg", 10, "“a.svg” is an SVG, which is a document rather than a picture."],
  ["notes.txt", 10, "“notes.txt” does not have the name of an image file: JPEG, PNG, WebP, GIF, AVIF, TIFF or HEIC."],
  [`${"long ".repeat(250)}.png`, 10, `“${"long ".repeat(12)}…” has a name of more than 1,000 characters. Rename it.`],
])("%s of %d bytes is refused before anything is sent", async (name, bytes, sentence) => {
  const { mina, requests } = await open();
  expect(await mina.begin(name, bytes)).toEqual([422, sentence]);
  expect(requests.count()).toBe(0);
});

test("a part has the bytes that were told, and no more", async () => {
  const { mina } = await open();
  const { id } = await mina.begin("a.png", 5);
  expect(await mina.put(id, 1, Buffer.from("more than five"))).toBe(403);
  expect(await mina.send({ intent: "sign", id, number: 2 })).toEqual([422, "The file has no part 2."]);
  expect(await mina.waiting()).toMatchObject([{ thereBytes: 0 }]);
});

test("viewers upload nothing, and operators only touch their own", async () => {
  const { db, mina, signedIn } = await open();
  const { id } = await mina.begin("a.png", 5);
  const [jun, viewer] = [await signedIn("jun", "operator"), await signedIn("vera", "viewer")];
  expect((await viewer.send({ intent: "begin", name: "a.png", bytes: 5, sha256: hashOf("a") }))[0]).toBe(403);
  const gone = [
    404,
    "This upload is not there any more: it was planned, discarded, or is older than two days. Choose the file again.",
  ];
  expect([await jun.send({ intent: "sign", id, number: 1 }), await jun.complete(id)]).toEqual([gone, gone]);
  expect(await jun.discard(id)).toEqual({});
  expect(await db.upload.count()).toBe(1);
  expect(await jun.waiting()).toEqual([]);
  await expect(jun.plan({ uploadIds: [id] })).rejects.toThrow("A file of these is not there any more");
});

test("a discarded upload leaves nothing, half or whole", async () => {
  const { db, mina, storage } = await open();
  const half = await mina.begin("half.png", 5);
  await mina.put(half.id, 1, Buffer.from("bytes"));
  const whole = await mina.begin("whole.png", 5);
  await mina.put(whole.id, 1, Buffer.from("bytes"));
  await mina.complete(whole.id);
  const uploads = await db.upload.findMany();
  for (const { id } of [half, whole, whole]) expect(await mina.discard(id)).toEqual({});
  expect(await db.upload.count()).toBe(0);
  for (const upload of uploads) {
    expect([await storage.listParts(upload), await storage.head(upload.key)]).toEqual([null, null]);
  }
});

/** What the bucket does, and what happens just before it is heard of. */
const whileDoing = <Step extends "listParts" | "completeUpload" | "createUpload">(
  ports: Ports,
  step: Step,
  meanwhile: () => Promise<unknown>,
): Ports => {
  const done = async (...args: Parameters<Storage[Step]>) => {
    const answer = await (ports.storage[step] as (...all: Parameters<Storage[Step]>) => Promise<unknown>)(...args);
    await meanwhile();
    return answer;
  };
  return { ...ports, storage: { ...ports.storage, [step]: done } };
};

test("a part that is sent again while the parts are joined is as good as missing", async () => {
  const { db, mina, storage, ports } = await open();
  const { id } = await mina.begin("a.png", 5);
  await mina.put(id, 1, Buffer.from("bytes"));
  const raced = whileDoing(ports, "listParts", () => mina.put(id, 1, Buffer.from("other")));
  await expect(completeUpload(raced, { operatorId: mina.operatorId, id })).rejects.toMatchObject({
    code: "conflict",
    message: "Not all of “a.png” has arrived. Choose the file again to send the rest.",
  });
  expect(await mina.complete(id)).toEqual({});
  const { key } = await db.upload.findUniqueOrThrow({ where: { id } });
  expect((await storage.get(key)).body.toString()).toBe("other");
});

test("an upload that is discarded while its parts are joined leaves nothing; one that is planned stays", async () => {
  const { db, mina, storage, ports } = await open();
  const { operatorId } = mina;
  const complete = async (id: number, meanwhile: () => Promise<unknown>) => {
    const upload = await db.upload.findUniqueOrThrow({ where: { id } });
    await mina.put(id, 1, Buffer.from("bytes"));
    const completed = completeUpload(whileDoing(ports, "completeUpload", meanwhile), { operatorId, id });
    await expect(completed).rejects.toMatchObject({ code: "not-found" });
    return storage.head(upload.key);
  };
  const { id } = await mina.begin("a.png", 5);
  expect(await complete(id, () => db.upload.deleteMany())).toBeNull();
  const { id: planned } = await mina.begin("a.png", 5);
  const plan = async () => {
    await mina.complete(planned);
    await mina.plan({ uploadIds: [planned] });
  };
  expect(await complete(planned, plan)).not.toBeNull();
});

test("what nobody finished within two days is forgotten, and its parts are removed", async () => {
  const { db, mina, storage, pass } = await open();
  const old = await mina.begin("old.png", 5);
  await mina.put(old.id, 1, Buffer.from("bytes"));
  const upload = await db.upload.findUniqueOrThrow({ where: { id: old.id } });
  // Not in one leap: after that nothing is removed by age.
  for (const name of ["1.png", "2.png", "3.png"]) {
    pass(0.6 * DAY);
    await mina.begin(name, 5);
  }
  expect(await db.upload.count()).toBe(4);
  pass(0.6 * DAY);
  await mina.begin("4.png", 5);
  expect((await db.upload.findMany()).map(({ name }) => name)).toEqual(["1.png", "2.png", "3.png", "4.png"]);
  expect(await storage.listParts(upload)).toBeNull();
});

test("two days count from the beginning, and of old ones only a few are removed at a time", async () => {
  const { db, mina, storage, pass, setFaults } = await open();
  const { id } = await mina.begin("whole.png", 5);
  await mina.begin("half.png", 5);
  await mina.begin("third.png", 5);
  const { key } = await db.upload.findUniqueOrThrow({ where: { id } });
  for (const _ of [1, 2, 3]) {
    pass(0.6 * DAY);
    await mina.begin("other.png", 5);
  }
  await mina.put(id, 1, Buffer.from("bytes"));
  await mina.complete(id);
  pass(0.6 * DAY);
  await expect(mina.plan({ uploadIds: [id] })).rejects.toThrow("A file of these");
  setFaults([{ operation: "DeleteObject", status: 403 }]);
  await mina.begin("other.png", 5);
  expect(await db.upload.count()).toBe(4);
  setFaults([]);
  await mina.begin("other.png", 5);
  expect((await db.upload.findMany()).map(({ name }) => name)).toEqual(["third.png", "other.png"]);
  expect(await storage.head(key)).toBeNull();
  expect(await mina.begin("third.png", 5)).toMatchObject({ there: [] });
});

test("so many uploads wait at most, and all of them are offered", async () => {
  const { db, mina, requests } = await open();
  const { operatorId } = mina;
  const at = new Date();
  const row = { operatorId, bytes: 5, sha256: "", uploadId: "none", partBytes: PART_BYTES, startedAt: at };
  const others = Array.from({ length: MOST_UPLOADS - 1 }, (_, n) => ({
    ...row,
    name: `${n}.png`,
    key: `incoming/${n}`,
  }));
  await db.upload.createMany({ data: others });
  const both = await Promise.all(["a.png", "b.png"].map((name) => mina.begin(name, 5)));
  expect(both).toContainEqual([409, "500 files of yours wait for a plan. Plan them, or discard some."]);
  expect(await db.upload.count()).toBe(MOST_UPLOADS);
  expect([requests.count("CreateMultipartUpload"), requests.count("AbortMultipartUpload")]).toEqual([2, 1]);
  await db.upload.deleteMany({ where: { name: { gt: "2" }, key: { startsWith: "incoming/" }, uploadId: "none" } });
  expect(await mina.waiting()).toHaveLength(await db.upload.count());
});

test("an upload that a rule of the bucket's removed begins anew", async () => {
  const { db, mina, storage } = await open();
  const { id } = await mina.begin("a.png", 5);
  await storage.abortUpload(await db.upload.findUniqueOrThrow({ where: { id } }));
  expect(await mina.waiting()).toMatchObject([{ id, thereBytes: 0, isWhole: false }]);
  const again = await mina.begin("a.png", 5);
  expect([again.id === id, again.there]).toEqual([false, []]);
});

test("a bucket that does not answer is no reason to forget an upload", async () => {
  const { mina, setFaults } = await open();
  const { id } = await mina.begin("a.png", 5);
  setFaults([{ operation: "ListParts", status: 500 }]);
  expect(await mina.waiting()).toMatchObject([{ id, thereBytes: null }]);
  expect(await mina.begin("a.png", 5)).toMatchObject([503, expect.any(String)]);
  setFaults([]);
  expect(await mina.begin("a.png", 5)).toMatchObject({ id });
});

test("a plan takes whole uploads and addresses over, in their order, and only once", async () => {
  const { db, mina } = await open();
  const { id } = await mina.begin("a.png", 5);
  await expect(mina.plan({ uploadIds: [id] })).rejects.toThrow("Not all of “a.png” has arrived yet.");
  await mina.put(id, 1, Buffer.from("bytes"));
  await mina.complete(id);
  const { key } = await db.upload.findUniqueOrThrow({ where: { id } });
  const address = "https://cdn.example.com/b.png?signature=secret";
  const { runId } = await mina.plan({ uploadIds: [id], addresses: [address], owner: "u-1" });
  expect(await db.jobRun.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({
    ...{ kind: "ingest-images", status: "planning", title: "Ingest images from “1 file and 1 address”" },
  });
  const lines = await db.ingestLine.findMany({ orderBy: { line: "asc" } });
  const place = { owner: "u-1", topic: "Cats", role: { kind: "supporting" } };
  expect(lines.map(({ wanted }) => JSON.parse(wanted ?? ""))).toEqual([
    { source: { kind: "upload", told: "a.png", key, sha256: hashOf("5 bytes") }, ...place },
    { source: { kind: "url", url: address }, ...place },
  ]);
  expect(await db.upload.count()).toBe(0);
  await expect(mina.plan({ uploadIds: [id] })).rejects.toThrow("A file of these is not there any more");
});

test.each<[Partial<WantedImages>, string]>([
  [{}, "Add a file or an address first."],
  [{ addresses: ["https://a.example/1.png"], topic: null }, "Name the topic that the images belong to."],
  [
    { addresses: ["ftp://a.example/1.png"] },
    "“ftp://a.example/1.png” cannot be read: an address that begins with ftp:",
  ],
  [{ addresses: ["https://a.example/1.png"], owner: "trash" }, "The owner is called like a folder"],
  [{ addresses: ["https://a.example/1.png"], role: { role: "comparison" } }, "This has no “model”"],
  [
    { addresses: ["https://a.example/1.png", "https://a.example/2.png"], role: { role: "hero" } },
    "A topic has one such picture, and here are 2 images.",
  ],
  [
    { addresses: ["https://a.example/1.png", "https://a.example/2.png"], role: { role: "branding", name: "Logo" } },
    "Several images cannot have one name.",
  ],
])("refuses to plan %j", async (wanted, sentence) => {
  const { db, mina } = await open();
  await expect(mina.plan(wanted)).rejects.toThrow(sentence);
  expect([await db.jobRun.count(), await db.ingestImport.count()]).toEqual([0, 0]);
});

test("several logos go by the names of their files", async () => {
  const { db, mina } = await open();
  const addresses = ["https://a.example/x/Logo%20dark.png?v=1", "https://a.example/mark.webp"];
  await mina.plan({ addresses, topic: null, role: { role: "branding" } });
  const lines = await db.ingestLine.findMany({ orderBy: { line: "asc" } });
  expect(lines.map(({ wanted }) => JSON.parse(wanted ?? "").role.name)).toEqual(["Logo dark", "mark"]);
});
