import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { get, IncomingMessage } from "node:http";
import { createGunzip } from "node:zlib";
import type { LoaderFunctionArgs } from "@remix-run/node";
import { expect, test } from "vitest";
import { recordEvent } from "~/features/audit-log/record-event";
import { exportDuplicates, listDuplicates, type Place } from "~/features/duplicates/list-duplicates.sql.server";
import { readLabelFile } from "~/features/labels/travel/formats/read-label-file.server";
import { readOrphans } from "~/features/thumbnails/orphans/read-orphans.server";
import type { Ports } from "~/ports/index.server";
import * as events from "~/routes/audit-log.$file/route";
import * as images from "~/routes/image-exports.$file/route";
import * as items from "~/routes/job-runs.$id.$file/route";
import * as labels from "~/routes/label-exports.$file/route";
import * as proposals from "~/routes/label-runs.$id.$file/route";
import * as measurements from "~/routes/measurement-exports.$file/route";
import * as owners from "~/routes/owner-exports.$file/route";
import * as refusals from "~/routes/refusal-exports.$file/route";
import * as storage from "~/routes/storage-exports.$file/route";
import { exportResponse } from "~/web/export.server";
import { signIn } from "~/web/sign-in/operator-session.server";
import { contextOf, startTestConsole } from "./support/console";

const now = new Date("2026-11-20T10:00:00Z");

/** A console with a run of `count` items: every fifth failed, the third one with a name that a spreadsheet would run. */
async function open(count = 10) {
  const console = await startTestConsole({
    now: () => now,
    routes: {
      "/job-runs/:id/:file": items,
      "/audit-log/:file": events,
      "/owner-exports/:file": owners,
      "/image-exports/:file": images,
      "/label-exports/:file": labels,
      "/label-runs/:id/:file": proposals,
      "/refusal-exports/:file": refusals,
      "/measurement-exports/:file": measurements,
      "/storage-exports/:file": storage,
    },
  });
  const { db } = console.ports;
  const operator = await db.operator.create({
    data: { email: "sofia@diffs.studio", name: "Sofia Reyes", role: "viewer", createdAt: now },
  });
  const context = contextOf(console);
  const setCookie = await signIn({ request: new Request(console.url), context }, operator.id);
  const run = await db.jobRun.create({
    data: {
      kind: "backfill-thumbnails",
      title: "Backfill thumbnails",
      lane: 1,
      status: "succeeded",
      payload: "{}",
      planned: count,
      actor: "operator:1",
      actorName: "Mina Sato",
      createdAt: now,
    },
  });
  await db.jobItem.createMany({
    data: Array.from({ length: count }, (_, seq) => ({
      runId: run.id,
      seq,
      subject: String(100 + seq),
      label: seq === 2 ? '=HYPERLINK("http://evil.example"),x' : `uploads/${seq}.jpg`,
      before: '{"thumbnailEtag":null}',
      after: seq % 5 === 0 ? null : `{"thumbnailEtag":"e${seq}"}`,
      outcome: seq % 5 === 0 ? "failed" : "succeeded",
      errorClass: seq % 5 === 0 ? "undecodable" : null,
      error: seq % 5 === 0 ? "It ends early, before the picture does." : null,
      attempts: 1,
      finishedAt: now,
    })),
  });
  const get = (path: string, cookie = setCookie.split(";")[0] ?? "") =>
    fetch(console.url + path, { headers: { Cookie: cookie }, redirect: "manual" });
  return { ...console, runId: run.id, get };
}

test("the items of a run as CSV: a header, a line each, nothing that a spreadsheet would run", async () => {
  const { get, runId } = await open();
  const response = await get(`/job-runs/${runId}/items.csv`);
  expect(response.headers.get("Content-Type")).toBe("text/csv; charset=utf-8");
  expect(response.headers.get("Content-Disposition")).toBe(`attachment; filename="run-${runId}-items-2026-11-20.csv"`);
  expect(response.headers.get("Cache-Control")).toBe("private, no-store");
  const bytes = Buffer.from(await response.arrayBuffer());
  // Excel reads UTF-8 only where the file begins so.
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  const lines = new TextDecoder().decode(bytes).split("\r\n");
  expect(lines).toHaveLength(12);
  expect(lines[0]).toBe(
    "seq,subject,label,outcome,before,target,after,attempts,errorClass,error,reason,etag,finishedAt",
  );
  expect(lines[1]).toBe(
    '0,100,uploads/0.jpg,failed,"{""thumbnailEtag"":null}",,,1,undecodable,"It ends early, before the picture does.",,,2026-11-20T10:00:00.000Z',
  );
  expect(lines[3]).toMatch(/^2,102,"'=HYPERLINK\(""http:\/\/evil\.example""\),x",succeeded,/);
});

test("as JSON, with before and after as they are, and only what the filter keeps", async () => {
  const { get, runId } = await open();
  const file = Buffer.from(await (await get(`/job-runs/${runId}/items.json`)).arrayBuffer());
  // A byte order mark is not JSON.
  expect(file.subarray(0, 1).toString()).toBe("[");
  const all = JSON.parse(file.toString());
  expect(all).toHaveLength(10);
  expect(all[1]).toMatchObject({ seq: 1, before: { thumbnailEtag: null }, after: { thumbnailEtag: "e1" } });
  const failed = await (await get(`/job-runs/${runId}/items.json?outcome=failed&class=undecodable`)).json();
  expect(failed.map(({ seq }: { seq: number }) => seq)).toEqual([0, 5]);
  expect(await (await get(`/job-runs/${runId}/items.json?outcome=skipped`)).json()).toEqual([]);
});

test("lists longer than a page arrive whole", async () => {
  const { get, runId } = await open(2_500);
  const rows = await (await get(`/job-runs/${runId}/items.json`)).json();
  expect(rows.map(({ seq }: { seq: number }) => seq)).toEqual(Array.from({ length: 2_500 }, (_, seq) => seq));
});

test("the audit log, newest first, by the filter of its page", async () => {
  const { get, ports } = await open();
  const actor = { id: "operator:1", name: "Mina Sato" };
  const write = (action: string, subject: string, at: Date, detail?: object) =>
    ports.db.$write((tx) =>
      recordEvent(tx, { at, actor, action, subject, sentence: `${action} of ${subject}`, ...(detail && { detail }) }),
    );
  await write("run.start", "run:1", new Date("2026-11-01T00:00:00Z"));
  await write("run.retry", "run:1", now, { errorClass: "undecodable" });
  await write("schedule.disable", "schedule:audit-groups", now);

  const all = await (await get("/audit-log/events.json")).json();
  expect(all.map(({ action }: { action: string }) => action)).toEqual(["schedule.disable", "run.retry", "run.start"]);
  expect(all[1].detail).toEqual({ errorClass: "undecodable" });
  const recent = await (await get("/audit-log/events.csv?action=run&since=24h")).text();
  expect(recent.split("\r\n").slice(1, -1)).toEqual([
    '2,2026-11-20T10:00:00.000Z,operator:1,Mina Sato,run.retry,run:1,run.retry of run:1,"{""errorClass"":""undecodable""}"',
  ]);
});

test("what checks measured within the span of the page, the newest first, of one check or of all", async () => {
  const { get, ports } = await open();
  const common = { verdict: "healthy", level: "ok", sentence: "=1+1", reading: '{"missing":3}', alerts: "{}" };
  await ports.db.check.createMany({
    data: [
      { ...common, name: "thumbnails", at: new Date("2026-11-19T09:59:00Z"), value: 3 },
      { ...common, name: "thumbnails", at: new Date("2026-11-19T10:30:00Z"), value: 4 },
      { ...common, name: "spend", at: now, value: null, verdict: "unmeasured", level: "unknown", reading: null },
    ],
  });
  const lines = (await (await get("/measurement-exports/measurements.csv")).text()).split("\r\n");
  expect(lines.slice(0, -1)).toEqual([
    "check,at,verdict,level,value,sentence",
    "spend,2026-11-20T10:00:00.000Z,unmeasured,unknown,,'=1+1",
    "thumbnails,2026-11-19T10:30:00.000Z,healthy,ok,4,'=1+1",
  ]);
  const week = await (await get("/measurement-exports/measurements.json?days=7&check=thumbnails")).json();
  expect(week.map(({ value }: { value: number }) => value)).toEqual([4, 3]);
});

test("owners by the search and in the order of their page, with nothing that a spreadsheet would run", async () => {
  const { get, ports } = await open();
  await ports.db.owner.createMany({
    data: [
      { id: "u-1", name: "Mina Sato", createdAt: now },
      { id: "+u-2", name: "=1+1", email: "mina@diffs.studio", createdAt: now },
      { id: "old", name: "Mina (old)", createdAt: now, mergedIntoId: "u-1" },
    ],
  });
  const image = { key: "a.png", etag: "e", bytes: 12, kind: "upload", modifiedAt: now, createdAt: now };
  await ports.db.image.create({ data: { ...image, ownerId: "u-1" } });
  const csv = await (await get("/owner-exports/owners.csv?sort=images")).text();
  expect(csv.split("\r\n").slice(0, -1)).toEqual([
    "id,name,email,images,bytes,lastImageAt,quotaBytes,quotaImages",
    "u-1,Mina Sato,,1,12,2026-11-20T10:00:00.000Z,,",
    "'+u-2,'=1+1,mina@diffs.studio,0,0,,,",
  ]);
  expect(await (await get("/owner-exports/owners.json?text=%2Bu-2")).json()).toMatchObject([{ id: "+u-2" }]);
  expect(await (await get("/owner-exports/owners.json?text=no-one")).json()).toEqual([]);
  expect((await get("/owner-exports/owners.csv?sort=size")).status).toBe(422);
});

test("what the bucket held, by what it is counted, and its snapshots", async () => {
  const { get, ports } = await open(1);
  expect(await (await get("/storage-exports/totals.csv?by=owner")).text()).toContain("by,name,label,ownerId");
  const total = { dimension: "owner", ownerId: "", storageClass: "", objects: 2, bytes: 12n };
  await ports.db.storageSnapshot.create({
    data: {
      ...{ takenAt: now, finishedAt: now, objects: 3, bytes: 40n },
      totals: {
        create: [
          { ...total, name: "=u-1" },
          { ...total, name: "", bytes: 28n, objects: 1 },
        ],
      },
    },
  });
  await ports.db.storageSnapshot.create({ data: { takenAt: now, objects: 1, bytes: 1n } });
  const csv = await (await get("/storage-exports/totals.csv?by=owner")).text();
  expect(csv.split("\r\n").slice(1, -1)).toEqual([
    "owner,,No owner,,1,28,,2026-11-20T10:00:00.000Z",
    "owner,'=u-1,'=u-1,,2,12,,2026-11-20T10:00:00.000Z",
  ]);
  expect(await (await get("/storage-exports/growth.json")).json()).toEqual([
    { takenAt: "2026-11-20T10:00:00.000Z", objects: 3, bytes: 40, hiddenObjects: null, hiddenBytes: null },
  ]);
  expect((await get("/storage-exports/totals.csv?by=color")).status).toBe(422);
  expect((await get("/storage-exports/growth.csv?by=owner")).status).toBe(422);
  expect((await get("/storage-exports/other.csv")).status).toBe(404);
});

const none = { groups: 0, spare: 0, spareBytes: 0 };
const counts = JSON.stringify({ same: none, alike: none, compared: 0, plain: 0, unread: 0 });

/** A search that found these groups of images with the same bytes. */
async function writeDuplicates(
  { db }: Ports,
  groups: { owner: string | null; images: string[]; spareBytes: number }[],
) {
  const search = await db.duplicateSearch.create({ data: { startedAt: now, finishedAt: now, counts } });
  for (const { owner, images, spareBytes } of groups) {
    const members = [];
    for (const key of images) {
      const facts = { etag: "e", bytes: spareBytes, kind: "upload", ownerId: owner, modifiedAt: now, createdAt: now };
      const { id: imageId } = await db.image.create({ data: { key, ...facts } });
      members.push({ imageId, etag: "e", distance: 0 });
    }
    const group = { searchId: search.id, kind: "same", ownerId: owner, images: images.length, spareBytes };
    await db.duplicateGroup.create({ data: { ...group, members: { create: members } } });
  }
}

test("duplicates of the kind and the owner of the page, all of its pages, with nothing that a spreadsheet would run", async () => {
  const { get, ports } = await open(1);
  const { db } = ports;
  expect(await (await get("/storage-exports/duplicates.json")).json()).toEqual([]);
  await db.owner.create({ data: { id: "mina", name: "=1+1", createdAt: now } });
  await writeDuplicates(ports, [
    ...Array.from({ length: 45 }, (_, n) => ({ owner: null, images: [`${n}/a.png`, `${n}/b.png`], spareBytes: n })),
    { owner: "mina", images: ["+c.png", "d.png"], spareBytes: 100 },
  ]);
  await db.image.update({ where: { key: "3/b.png" }, data: { goneAt: now } });

  const all = await (await get("/storage-exports/duplicates.json")).json();
  const shown = async (after: Place | null): Promise<string[]> => {
    const page = await listDuplicates(db, { kind: "same", ownerId: null, after });
    const keys = page?.groups.flatMap(({ members }) => members.map(({ key }) => key)) ?? [];
    return page?.after ? [...keys, ...(await shown(page.after))] : keys;
  };
  const listed = await shown(null);
  expect(listed).toHaveLength(90);
  expect(all.map(({ key }: { key: string }) => key)).toEqual(listed);
  const csv = await get("/storage-exports/duplicates.csv?kind=same&owner=mina");
  expect(csv.headers.get("Content-Disposition")).toBe('attachment; filename="duplicates-same-2026-11-20.csv"');
  expect((await csv.text()).split("\r\n").slice(0, -1)).toEqual([
    "group,ownerId,ownerName,imageId,key,bytes,width,height,distance",
    "46,mina,'=1+1,91,'+c.png,100,,,0",
    "46,mina,'=1+1,92,d.png,100,,,0",
  ]);
  expect(await (await get("/storage-exports/duplicates.json?kind=alike")).json()).toEqual([]);
  const refused = await get("/storage-exports/duplicates.csv?kind=blue");
  expect([refused.status, await refused.text()]).toEqual([422, "The filter “kind” does not take “blue”."]);
  expect((await get("/storage-exports/duplicates.csv?after=1-1")).status).toBe(422);
});

test("duplicates of two searches are never in one file", async () => {
  const { ports } = await open(1);
  const groups = Array.from({ length: 21 }, (_, n) => ({
    owner: null,
    images: [`${n}/a.png`, `${n}/b.png`],
    spareBytes: n,
  }));
  await writeDuplicates(ports, groups);
  const pages = exportDuplicates(ports.db, { kind: "same", ownerId: null });
  expect((await pages.next()).value).toHaveLength(40);
  await ports.db.duplicateSearch.create({
    data: { startedAt: now, finishedAt: new Date(now.getTime() + 1), counts },
  });
  await expect(pages.next()).rejects.toThrow("A new search has finished meanwhile.");
});

test("images that are gone, each with the run that moved it to the trash, more than the page shows", async () => {
  const { get, ports, runId } = await open(60);
  const { db } = ports;
  const facts = { etag: "e", bytes: 12, kind: "upload", modifiedAt: now, createdAt: now };
  await db.image.createMany({
    data: Array.from({ length: 60 }, (_, n) => ({ key: `=${n}.png`, goneAt: new Date(now.getTime() - n), ...facts })),
  });
  await db.image.create({ data: { key: "there.png", ...facts } });
  const move = { runId, from: "=7.png", to: "trash/7.png", fromEtag: "e", sha256: "", bytes: 12, startedAt: now };
  await db.objectMove.create({ data: { ...move, seq: 7, finishedAt: now } });
  await db.objectMove.create({ data: { ...move, from: "=8.png", to: "kept/8.png", seq: 8, finishedAt: now } });

  const lines = (await (await get("/storage-exports/orphans.csv")).text()).split("\r\n").slice(0, -1);
  expect(lines).toHaveLength(61);
  expect(lines[0]).toContain("id,key,goneAt,bytes,trashRunId");
  expect(lines.slice(8, 10)).toEqual([
    `8,'=7.png,2026-11-20T09:59:59.993Z,12,${runId}`,
    "9,'=8.png,2026-11-20T09:59:59.992Z,12,",
  ]);
  const { images } = await readOrphans(ports);
  const all = await (await get("/storage-exports/orphans.json")).json();
  expect(all.slice(0, 50)).toEqual(images.map((image) => ({ ...image, goneAt: image.goneAt.toISOString() })));
  expect((await get("/storage-exports/orphans.csv?owner=u-1")).status).toBe(422);
});

test("the states of thumbnails that their page shows", async () => {
  const { get, ports } = await open(1);
  expect(await (await get("/storage-exports/thumbnails.json")).json()).toEqual([]);
  const facts = { etag: "e", bytes: 12, kind: "upload", modifiedAt: now, createdAt: now };
  const unreadable = { readEtag: "e", unreadableClass: "undecodable", unreadable: "Damaged." };
  const states = [{}, {}, { thumbnailEtag: "older" }, { thumbnailEtag: "e" }, { archivedAs: "GLACIER" }, unreadable];
  await ports.db.image.createMany({ data: states.map((state, n) => ({ key: `${n}.png`, ...facts, ...state })) });
  const csv = await (await get("/storage-exports/thumbnails.csv")).text();
  expect(csv.split("\r\n").slice(0, -1)).toEqual([
    "state,images",
    "missing,2",
    "stale,1",
    "undecodable,1",
    "archived,1",
  ]);
});

test("the proposals of a label run with what was decided, by the filter of its review", async () => {
  const { get, ports, runId } = await open(1);
  const labelRun = await ports.db.labelRun.create({ data: { jobRunId: runId, scope: "{}", createdAt: now } });
  await ports.db.image.create({
    data: {
      ...{ id: 1, key: "references/01. Model/front_warm/a.png", etag: "e" },
      ...{ bytes: 1n, kind: "reference", modifiedAt: now, createdAt: now },
    },
  });
  const common = { labelRunId: labelRun.id, imageId: 1, etag: "e", confidence: 0.75, createdAt: now };
  const decided = { decision: "accepted", decidedByName: "Mina Sato", decidedAt: now };
  await ports.db.proposal.createMany({
    data: [
      { ...common, attribute: "tone", value: "cool", ...decided },
      { ...common, attribute: "angle", value: "front" },
    ],
  });
  const lines = (await (await get(`/label-runs/${runId}/proposals.csv?attribute=tone`)).text()).split("\r\n");
  expect(lines).toEqual([
    expect.stringContaining(
      "proposalId,imageId,key,group,attribute,old,oldSource,new,confidence,estimate,folder,decision",
    ),
    "1,1,references/01. Model/front_warm/a.png,front_warm,tone,,,cool,0.75,,warm,accepted,Mina Sato,2026-11-20T10:00:00.000Z,false,false",
    "",
  ]);
  const answer = await get(`/label-runs/${runId}/proposals.json?folder=disagrees`);
  expect(await answer.json()).toMatchObject([{ attribute: "tone", folder: "warm", new: "cool" }]);
  expect((await get("/label-runs/99/proposals.csv")).status).toBe(404);
});

test("what a label run was expected to take, beside what it took: text, image and output tokens a call as well", async () => {
  const { get, ports, runId } = await open(1);
  const quote = {
    images: 10,
    call: { text: 700, image: 4_480, isEstimate: false },
    outputTokens: 210,
    callsPerImage: 1.05,
    ...{ basis: "version", samples: 8, p50Usd: 0.025, p90Usd: null, mostUsd: 0.1 },
  };
  const data = { jobRunId: runId, scope: "{}", createdAt: now, quote: JSON.stringify(quote) };
  const { id: labelRunId } = await ports.db.labelRun.create({ data });
  const nothing = await (await get(`/label-runs/${runId}/quote.json`)).json();
  expect(nothing.map(({ actual }: { actual: unknown }) => actual)).toEqual([null, null, null, null, null, null]);

  const image = { key: "a.png", etag: "e", bytes: 1n, kind: "reference", modifiedAt: now, createdAt: now };
  const { id: imageId } = await ports.db.image.create({ data: image });
  const call = { labelRunId, imageId, requestHash: "r", reservedUsd: 0.01, outcome: "labelled", createdAt: now };
  await ports.db.modelCall.createMany({
    data: [
      { ...call, promptTokens: 690, imageTokens: 1_120, outputTokens: 190, usd: 0.001 },
      { ...call, promptTokens: 710, imageTokens: 1_120, outputTokens: 211, usd: 0.002 },
    ],
  });
  const lines = (await (await get(`/label-runs/${runId}/quote.csv`)).text()).split("\r\n");
  expect(lines).toEqual([
    expect.stringContaining("name,expected,actual"),
    "costP50Usd,0.025,0.003",
    "costP90Usd,,0.003",
    "calls,11,2",
    "textTokensPerCall,700,700",
    "imageTokensPerCall,4480,1120",
    "outputTokensPerCall,200,201",
    "",
  ]);
});

test("refused images by the filter of their page, with the API's reason and what it said", async () => {
  const { get, runId, ports } = await open();
  const { db } = ports;
  const image = { key: "references/01. Model/front_warm/1.png", etag: "e", bytes: 1n, kind: "reference" };
  const { id: imageId } = await db.image.create({ data: { ...image, modifiedAt: now, createdAt: now } });
  const content = { instructions: "", attributes: "{}", settings: "{}", examples: "[]", createdAt: now };
  const prompt = await db.promptVersion.create({ data: { name: "Personas", version: 3, hash: "h", ...content } });
  await db.labelRun.create({
    data: {
      jobRunId: runId,
      promptVersionId: prompt.id,
      scope: "{}",
      createdAt: now,
      calls: {
        create: {
          imageId,
          requestHash: "r",
          reservedUsd: 0,
          model: "gemini-3.5-flash-lite",
          outcome: "refused",
          reasonCode: "IMAGE_SAFETY",
          finishMessage: "=1+1",
          createdAt: now,
          finishedAt: now,
        },
      },
    },
  });
  const csv = await (await get("/refusal-exports/refusals.csv?root=Model&group=front_warm")).text();
  const [head, line, end] = csv.split("\r\n");
  expect(head).toMatch(/imageId,key,runId,prompt,model,code,message,at$/);
  expect(line).toBe(
    `${imageId},references/01. Model/front_warm/1.png,${runId},Personas v3,gemini-3.5-flash-lite,IMAGE_SAFETY,'=1+1,2026-11-20T10:00:00.000Z`,
  );
  expect(end).toBe("");
  expect(await (await get("/refusal-exports/refusals.json?reason=SPII")).json()).toEqual([]);
  expect((await get("/refusal-exports/others.csv")).status).toBe(404);
});

test("nobody without a session, no run that there is none of, no other file", async () => {
  const { get, runId } = await open();
  const outside = await get(`/job-runs/${runId}/items.csv`, "");
  expect([outside.status, outside.headers.get("Location")]).toEqual([
    302,
    `/login?returnTo=${encodeURIComponent(`/job-runs/${runId}/items.csv`)}`,
  ]);
  expect((await get("/job-runs/999/items.csv")).status).toBe(404);
  expect((await get(`/job-runs/${runId}/items.xlsx`)).status).toBe(404);
  expect((await get("/audit-log/passwords.csv")).status).toBe(404);
});

test.each([
  ["/image-exports/images.csv?label=height:tall", "There is no attribute called “height”; there is "],
  ["/image-exports/images.json?root=Nowhere", "There is no attribute root called “Nowhere”; there is “Model”."],
  ["/label-exports/labels.csv?root=Nowhere", "There is no attribute root called “Nowhere”; there is “Model”."],
])("what the list refuses is said with a status before a file begins: %s", async (path, sentence) => {
  const { get } = await open(1);
  const response = await get(path);
  expect([response.status, response.headers.get("Content-Disposition")]).toEqual([422, null]);
  expect(await response.text()).toContain(sentence);
});

const PAGES = 100;

/** A console with an export of 100 pages of half a megabyte that no packing makes smaller; how many were read, and whether it waits. */
async function openLong() {
  const seen = { pages: 0, waiting: 0, hasEnded: false };
  async function* pages() {
    try {
      for (; seen.pages < PAGES; seen.pages += 1) yield [randomBytes(375_000).toString("base64")];
    } finally {
      seen.hasEnded = true;
    }
  }
  const loader = ({ context }: LoaderFunctionArgs) => {
    const whenTaken = async () => {
      seen.waiting += 1;
      const isThere = await context.whenTaken();
      seen.waiting -= 1;
      return isThere;
    };
    const list = { columns: ["text"], pages: pages(), toRow: (text: string) => ({ text }) };
    return exportResponse({ ...context, whenTaken }, { name: "long", format: "csv" }, list);
  };
  const { url } = await startTestConsole({ routes: { "/long": { loader } } });
  return { seen, url: `${url}/long` };
}

/** Asks for a file and reads nothing of it yet. */
async function ask(url: string, encoding: string) {
  const [response] = await once(get(url, { headers: { "Accept-Encoding": encoding } }), "response");
  if (!(response instanceof IncomingMessage)) throw new Error("no response");
  return response;
}

test.each(["identity", "gzip"])(
  "a client that reads slowly holds up the reading of what it asked for (%s)",
  async (encoding) => {
    const { seen, url } = await openLong();
    const response = await ask(url, encoding);
    await expect.poll(() => seen.waiting).toBe(1);
    expect(seen.pages).toBeLessThan(PAGES / 2);
    let bytes = 0;
    for await (const part of encoding === "gzip" ? response.pipe(createGunzip()) : response) bytes += part.length;
    expect(bytes).toBeGreaterThan(PAGES * 500_000);
    expect(seen).toEqual({ pages: PAGES, waiting: 0, hasEnded: true });
  },
);

test("an export ends when its client is gone", async () => {
  const { seen, url } = await openLong();
  const response = await ask(url, "identity");
  await expect.poll(() => seen.waiting).toBe(1);
  response.destroy();
  await expect.poll(() => seen.hasEnded).toBe(true);
  expect(seen.pages).toBeLessThan(PAGES / 2);
});

test("the labels of what a query finds: a row an image, a column an attribute, in a form that can be imported again", async () => {
  const { get, ports } = await open();
  const image = { etag: "e1", bytes: 1, kind: "reference", modifiedAt: now, createdAt: now };
  await ports.db.image.createMany({
    data: ["references/b.png", "references/a.png", "uploads/c.png", "references/none.png"].map((key) => ({
      ...image,
      key,
    })),
  });
  const label = { etag: "e1", source: "person", acceptedBy: "operator:1", acceptedAt: now };
  await ports.db.label.createMany({
    data: [
      { ...label, imageId: 1, attribute: "tone", value: "warm" },
      { ...label, imageId: 2, attribute: "angle", value: "front" },
      { ...label, imageId: 3, attribute: "tone", value: "cool" },
    ],
  });
  const csv = await get("/label-exports/labels.csv?prefix=references/&sort=bytes-desc");
  const text = await csv.text();
  expect(csv.headers.get("Content-Disposition")).toBe('attachment; filename="labels-2026-11-20.csv"');
  expect(text.split("\r\n")).toEqual([
    "key,etag,angle,tone,expression,hairLength,wardrobe,ageRange",
    "references/a.png,e1,front,,,,,",
    "references/b.png,e1,,warm,,,,",
    "",
  ]);
  async function* chunks() {
    yield Buffer.from(text);
  }
  const facts = { isWhole: false, unused: new Set<string>() };
  const reading = { attributes: ["angle", "tone"], source: "labels.csv", facts };
  expect(await all(readLabelFile(chunks(), reading))).toMatchObject([
    { told: "references/a.png", labels: [{ attribute: "angle", value: "front", etag: "e1" }] },
    { told: "references/b.png", labels: [{ attribute: "tone", value: "warm", etag: "e1" }] },
  ]);
  const json = await get("/label-exports/labels.json?prefix=references/");
  expect(await json.json()).toMatchObject([
    { key: "references/a.png", angle: "front", tone: null },
    { key: "references/b.png" },
  ]);
  expect((await get("/label-exports/labels.csv?color=red")).status).toBe(422);
  expect((await get("/label-exports/labels.csv", "")).status).toBe(302);
});

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}
