import { beforeEach, expect, test } from "vitest";
import type { Db } from "~/ports/db.server";
import type { Sql } from "~/ports/sql.server";
import { openTestDb } from "../../../../tests/support/db";
import { parseImageAddress } from "./image-address";
import { freezeImageQuery, imagesWhere, selectedWhere } from "./image-query.sql.server";

const now = new Date("2026-11-29T12:00:00Z");
const known = {
  now,
  roots: [
    { name: "Model", prefix: "references/01. Model/" },
    { name: "Odd", prefix: "references/100%_a/" },
  ],
  attributes: { tone: {}, angle: {} },
};
const row = { bytes: 1_000n, kind: "other", modifiedAt: now, createdAt: now };

const images = [
  {
    ...row,
    key: "references/01. Model/front_warm/a.png",
    etag: "e",
    kind: "reference",
    readEtag: "e",
    contentType: "image/png",
    width: 640,
    height: 480,
    thumbnailEtag: "e",
  },
  {
    ...row,
    key: "references/01. Model/front_warm2/b.png",
    etag: "e",
    kind: "reference",
    readEtag: "older",
    contentType: "image/png",
    width: 640,
    height: 480,
    thumbnailEtag: "older",
    unreadableClass: "empty",
  },
  {
    ...row,
    key: "uploads/u-1/2026/11/c.jpg",
    etag: "e",
    kind: "upload",
    ownerId: "u-1",
    bytes: 5_000_000_000n,
    readEtag: "e",
    contentType: "image/jpeg",
    width: 4_000,
    height: 3_000,
  },
  {
    ...row,
    key: "uploads/u-2/2026/11/d.jpg",
    etag: "e",
    kind: "upload",
    ownerId: "u-2",
    readEtag: "e",
    unreadableClass: "undecodable",
    createdAt: new Date("2026-11-28T12:00:00Z"),
  },
  {
    ...row,
    key: "generated/u-2/2026/11/e.webp",
    etag: "e",
    kind: "generated",
    ownerId: "u-2",
    readEtag: "e",
    contentType: "image/webp",
    width: 10,
    height: 10,
    createdAt: new Date("2026-11-01T00:00:00Z"),
  },
  { ...row, key: "references/100%_a/f/g.png", etag: "e" },
  { ...row, key: "references/100xya/f/h.png", etag: "e", readEtag: "e", unreadableClass: "too-large" },
  { ...row, key: "uploads/u-2/2026/11/gone.jpg", etag: "e", kind: "upload", ownerId: "u-2", goneAt: now },
];
const names = images.map(({ key }) => key.slice(key.lastIndexOf("/") + 1).split(".")[0] ?? "");

async function fill(db: Db) {
  await db.owner.createMany({ data: ["u-1", "u-2"].map((id) => ({ id, name: id, createdAt: now })) });
  await db.image.createMany({ data: images.map((image, at) => ({ ...image, id: at + 1 })) });
  const label = { etag: "e", source: "person", acceptedBy: "operator:1", acceptedAt: now };
  await db.label.createMany({
    data: [
      { ...label, imageId: 1, attribute: "tone", value: "warm" },
      { ...label, imageId: 1, attribute: "angle", value: "front", source: "model", labelRunId: 3 },
      { ...label, imageId: 2, attribute: "tone", value: "cool", source: "import", etag: "older" },
      { ...label, imageId: 2, attribute: "angle", value: "front" },
      { ...label, imageId: 3, attribute: "tone", value: "warm", source: "model", labelRunId: 3 },
    ],
  });
  const jobRun = {
    kind: "label-run",
    title: "",
    lane: 0,
    status: "succeeded",
    payload: "{}",
    actor: "",
    actorName: "",
    createdAt: now,
  };
  const examples = JSON.stringify([{ key: "references/a.png", etag: "e", labels: {} }]);
  await db.promptVersion.create({
    data: {
      ...{ id: 5, name: "Personas", version: 1, hash: "h", instructions: "", attributes: "{}", settings: "{}" },
      ...{ examples, createdAt: now },
    },
  });
  const labelRun = { id: 3, scope: "{}", createdAt: now, promptVersionId: 5 };
  await db.jobRun.create({ data: { ...jobRun, id: 7, labelRun: { create: labelRun } } });
  const call = { labelRunId: 3, requestHash: "", reservedUsd: 0, outcome: "labelled", createdAt: now };
  await db.modelCall.createMany({
    data: [
      { ...call, imageId: 4 },
      { ...call, imageId: 4 },
      { ...call, imageId: 5 },
    ],
  });
}

let db: Db;
beforeEach(async () => {
  db = await openTestDb();
  await fill(db);
});

async function findIds(where: Sql): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: bigint }[]>`SELECT i."id" FROM "Image" i WHERE ${where} ORDER BY i."id"`;
  return rows.map(({ id }) => Number(id));
}

const find = async (query: string) =>
  (await findIds(imagesWhere(parseImageAddress(new URLSearchParams(query)), known)))
    .map((id) => names[id - 1])
    .join(" ");

test("an owner's name finds his images without its accents, in any case, and after another name is his", async () => {
  await db.owner.update({ where: { id: "u-1" }, data: { name: "Émile Müller" } });
  expect(await find("text=muller")).toBe("c");
  expect(await find("text=ÉMILE mul")).toBe("c");
  await db.owner.update({ where: { id: "u-1" }, data: { name: "Jun" } });
  expect(await find("text=emile")).toBe("");
});

/** Every address with the images that it finds, of a database that is filled once. */
test("each field finds its images, and no other", async () => {
  const all = "a b c d e g h";
  const expected: Record<string, string> = {
    "": all,
    "all=yes": all,
    "owner=u-2": "d e",
    "owner=u-1&owner=u-2": "c d e",
    "owner=nobody": "",
    "unowned=yes": "a b g h",
    "owner=u-1&unowned=yes": "a b c g h",
    "kind=upload": "c d",
    "kind=upload&kind=generated": "c d e",
    "owner=u-2&kind=upload": "d",
    "root=Model": "a b",
    "root=Model&group=front_warm": "a",
    "root=Odd": "g",
    "prefix=references/100%25_a/": "g",
    "prefix=references/100": "g h",
    "prefix=uploads/u-": "c d",
    "prefix=UPLOADS/": "",
    "label=tone:warm": "a c",
    "label=tone:warm&label=tone:cool": "a b c",
    "label=tone:warm&label=angle:front": "a",
    "label=tone:warm&label=tone:cool&label=angle:front": "a b",
    "label=tone:": "refused",
    "labelSource=tone:person": "a",
    "labelSource=tone:model": "c",
    "labelSource=tone:import": "b",
    "labelSource=tone:stale": "b",
    "labelSource=tone:none": "d e g h",
    "labelSource=tone:none&labelSource=angle:model": "a d e g h",
    "labelRun=3": "d e",
    "labelRun=4": "",
    "promptVersion=5": "a c",
    "promptVersion=6": "",
    "example=references/a.png": "a c",
    "example=references/b.png": "",
    "thumbnail=made": "a",
    "thumbnail=stale": "b",
    "thumbnail=missing": "c d e g h",
    "thumbnail=missing&thumbnail=stale": "b c d e g h",
    "thumbnail=due": "b c e g",
    "thumbnail=due&thumbnail=made": "a b c e g",
    "thumbnail=due&thumbnail=missing": "b c d e g h",
    "unreadable=any": "d h",
    "unreadable=undecodable": "d",
    "unreadable=undecodable&unreadable=too-large": "d h",
    "unreadable=empty": "",
    "format=png": "a",
    "format=jpeg&format=webp": "c e",
    "format=unread": "b g",
    "minWidth=640": "a c",
    "maxWidth=640": "a e",
    "minHeight=480&maxHeight=480": "a",
    "minBytes=5000000000": "c",
    "maxBytes=1000": "a b d e g h",
    "since=24h": "a b c d g h",
    "since=23h": "a b c g h",
    "since=2026-11-28": "a b c d g h",
    "since=2026-11-28T12:00:00.001Z": "a b c g h",
    "until=2026-11-28": "d e",
    "until=2026-10-31": "",
    "since=2026-11-01&until=2026-11-01": "e",
    "gone=yes": "gone",
    "gone=yes&owner=u-1": "",
    "gone=yes&kind=upload&owner=u-2": "gone",
  };
  const found: Record<string, string> = {};
  for (const query of Object.keys(expected)) found[query] = await find(query).catch(() => "refused");
  expect(found).toEqual(expected);
});

test.each([
  ["root=Other", "There is no attribute root called “Other”; there is “Model”, “Odd”."],
  ["label=tne:warm", "There is no attribute called “tne”; there is “tone”, “angle”."],
  ["labelSource=constructor:none", "There is no attribute called “constructor”; there is “tone”, “angle”."],
])("%s is refused", async (query, sentence) => {
  await expect(find(query)).rejects.toThrow(sentence);
});

test("a selection is picked images, or all that a query finds but for some", async () => {
  expect(await findIds(selectedWhere({ ids: [2, 8, 99] }, known))).toEqual([2, 8]);
  expect(await findIds(selectedWhere({ query: { kind: ["upload"] }, except: [4] }, known))).toEqual([3]);
  expect(await findIds(selectedWhere({ query: { all: true }, except: [] }, known))).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test("a plan freezes a span into a moment, and keeps what is one already", () => {
  expect(freezeImageQuery({ since: "24h", unowned: true }, now)).toEqual({
    since: "2026-11-28T12:00:00.000Z",
    unowned: true,
  });
  expect(freezeImageQuery({ since: "7d" }, now)).toEqual({ since: "2026-11-22T12:00:00.000Z" });
  const frozen = { since: "2026-11-28T12:00:00.000Z" };
  expect(freezeImageQuery(frozen, new Date(0))).toBe(frozen);
  expect(freezeImageQuery({ all: true }, now)).toEqual({ all: true });
});
